import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import { ScriptError } from "../support/ScriptError.js";
import { checkChain } from "./checkChain.js";
import { createRecord } from "./createRecord.js";
import type { Deployment } from "./Deployment.js";
import { findTransaction } from "./findTransaction.js";
import { installCreateX } from "./installCreateX.js";
import type { Plan } from "./Plan.js";
import { runIgnition } from "./runIgnition.js";
import { minesAtOnce } from "./minesAtOnce.js";

export type DeploySuiteParameters = {
  readonly hre: HardhatRuntimeEnvironment;
  readonly connection: NetworkConnection<"l1">;
  readonly plan: Plan;
  readonly release: string;
  /** The commit of the source, where it is known. */
  readonly commit: string | null;
  readonly compiler: Deployment["compiler"];
  /** The record of the chain before this run, if any. */
  readonly record: Deployment | undefined;
  /** The folder of Ignition's journals; undefined for a chain that ends with this process. */
  readonly journals: string | undefined;
  /** How many blocks make a transaction final, unless the node makes them at once. */
  readonly confirmations: number;
  readonly showProgress: boolean;
  readonly log: (line: string) => void;
};

/**
 * Deploys what of the plan is missing on the chain, and returns the record of the whole.
 *
 * @throws {ScriptError} `NoDeployer`, `ChainTooOld`, `FactoryForged`, `FactoryUnavailable`, `DeploymentFailed`.
 */
export async function deploySuite(parameters: DeploySuiteParameters): Promise<Deployment> {
  const { hre, connection, plan, release, commit, compiler, record, journals, showProgress, log } = parameters;
  const { provider } = connection.ethers;
  const [deployer] = await connection.ethers.getSigners();
  if (deployer === undefined) {
    throw new ScriptError(
      "NoDeployer",
      `Network ${connection.networkName} has no account to deploy from. Set its key: see docs/deploying.md, "Keys".`,
      { network: connection.networkName },
    );
  }
  const atOnce = await minesAtOnce(connection);
  await checkChain(provider);
  // The factory's own transaction pays a high price, which nodes then suggest to whoever asks: ask before.
  const priorityFee = (await provider.getFeeData()).maxPriorityFeePerGas ?? undefined;
  await installCreateX(provider, deployer);
  await runIgnition({
    hre,
    connection,
    plan,
    deployer: deployer.address,
    journals,
    confirmations: atOnce ? 1 : parameters.confirmations,
    priorityFee,
    pollingInterval: atOnce ? 50 : 1_000,
    showProgress,
    log,
  });
  return createRecord({
    provider,
    plan,
    record,
    release,
    commit,
    compiler,
    originOf: async (address) => findTransaction({ provider, address, record, journals }),
  });
}
