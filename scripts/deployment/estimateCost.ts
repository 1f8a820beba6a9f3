import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Provider } from "ethers";
import { ZeroAddress } from "ethers";

import { CREATE_X_ADDRESS } from "./createX.js";
import { installCreateX } from "./installCreateX.js";
import type { Plan } from "./Plan.js";
import { runIgnition } from "./runIgnition.js";

export type EstimateCostParameters = {
  readonly hre: HardhatRuntimeEnvironment;
  /** The chain to deploy to; it is only read. */
  readonly provider: Provider;
  readonly plan: Plan;
  /** The name of the simulated network. */
  readonly simulation: string;
};

export type Step = {
  readonly name: string;
  readonly address: string;
  /** Gas that the step uses; 0 when the contract already stands. */
  readonly gas: bigint;
  /** Wei that the step sends along. */
  readonly value: bigint;
};

/**
 * What a deployment would use, step by step: the same deployment is run on a simulated chain that has of the real one what
 * the suite meets there.
 */
export async function estimateCost(parameters: EstimateCostParameters): Promise<readonly Step[]> {
  const { hre, provider, plan, simulation } = parameters;
  const connection = await hre.network.create<"l1">(simulation);
  try {
    const accounts = [CREATE_X_ADDRESS, plan.previous, ...plan.contracts.map(({ address }) => address)];
    for (const address of accounts.filter((account) => account !== ZeroAddress)) {
      const code = await provider.getCode(address);
      if (code === "0x") continue;
      await connection.provider.request({ method: "hardhat_setCode", params: [address, code] });
    }

    const [deployer] = await connection.ethers.getSigners();
    if (deployer === undefined) return [];
    await installCreateX(connection.ethers.provider, deployer);
    await runIgnition({
      hre,
      connection,
      plan,
      deployer: deployer.address,
      journals: undefined,
      confirmations: 1,
      priorityFee: undefined,
      pollingInterval: 10,
      showProgress: false,
      log: () => undefined,
    });

    return await stepsOf(connection.ethers.provider, plan);
  } finally {
    await connection.close();
  }
}

/** The transactions of the simulated chain, folded into a step for the factory and one for each contract. */
async function stepsOf(provider: Provider, plan: Plan): Promise<readonly Step[]> {
  const gas = new Map<string, bigint>();
  let funding = 0n;
  const last = await provider.getBlockNumber();
  for (let number = 1; number <= last; ++number) {
    for (const hash of (await provider.getBlock(number))?.transactions ?? []) {
      const [transaction, receipt] = await Promise.all([
        provider.getTransaction(hash),
        provider.getTransactionReceipt(hash),
      ]);
      if (transaction === null || receipt === null) continue;
      const target = plan.contracts.find(({ address }) =>
        receipt.logs.some((log) => log.topics[1]?.endsWith(address.slice(2).toLowerCase())),
      );
      // The factory's own transaction is paid by what its author's account was given.
      if (receipt.contractAddress !== null) continue;
      const name = target?.name ?? "CreateX";
      gas.set(name, (gas.get(name) ?? 0n) + receipt.gasUsed);
      funding += transaction.value;
    }
  }
  return [
    { name: "CreateX", address: CREATE_X_ADDRESS, gas: gas.get("CreateX") ?? 0n, value: funding },
    ...plan.contracts.map(({ name, address }) => ({ name, address, gas: gas.get(name) ?? 0n, value: 0n })),
  ];
}
