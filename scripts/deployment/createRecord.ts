import type { Provider } from "ethers";
import { keccak256 } from "ethers";

import { ScriptError } from "../support/ScriptError.js";
import { CREATE_X_ADDRESS, SALT } from "./createX.js";
import type { DeployedContract, Deployment } from "./Deployment.js";
import { LOCAL_CHAIN_ID } from "./Deployment.js";
import type { Origin } from "./findTransaction.js";
import type { Plan } from "./Plan.js";

export type CreateRecordParameters = {
  readonly provider: Provider;
  readonly plan: Plan;
  /** The record of the chain before, if any. */
  readonly record: Deployment | undefined;
  readonly release: string;
  readonly commit: string | null;
  readonly compiler: Deployment["compiler"];
  readonly originOf: (address: string) => Promise<Origin | undefined>;
};

/** The record of a plan that stands on the chain whole. */
export async function createRecord(parameters: CreateRecordParameters): Promise<Deployment> {
  const { provider, plan, record, release, commit, compiler, originOf } = parameters;
  const chainId = Number((await provider.getNetwork()).chainId);
  const local = chainId === LOCAL_CHAIN_ID;

  const contracts: Record<string, DeployedContract> = {};
  for (const { name, address, constructorArguments, initCode } of plan.contracts) {
    const code = await provider.getCode(address);
    if (code === "0x") {
      throw new ScriptError("NotDeployed", `${name} is not at ${address}. Run the deployment again.`, {
        name,
        address,
      });
    }
    const origin = local ? undefined : await originOf(address);
    contracts[name] = {
      address,
      transaction: origin?.transaction ?? null,
      block: origin?.block ?? null,
      constructorArguments,
      initCodeHash: keccak256(initCode),
      codeHash: keccak256(code),
    };
  }

  // The same release again was not deployed from today's commit.
  const again = !local && record?.directory === plan.directory ? record : undefined;
  return {
    format: "guildhall-deployment",
    version: 1,
    chainId,
    release: again?.release ?? release,
    commit: again?.commit ?? (local ? null : commit),
    compiler: again?.compiler ?? compiler,
    factory: CREATE_X_ADDRESS,
    salt: SALT,
    directory: plan.directory,
    previous: plan.previous,
    contracts,
  };
}
