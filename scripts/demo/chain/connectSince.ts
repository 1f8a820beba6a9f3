import type { ContractRunner } from "ethers";

import { Guildhall } from "../../../sdk/src/index.js";

/** Connects to the deployment of a directory, to read events from a block on: a public chain is too long to read whole. */
export async function connectSince(runner: ContractRunner, directory: string, fromBlock: number): Promise<Guildhall> {
  const { context } = await Guildhall.connect(runner, { directory });
  const { chainId, addresses } = context;
  return Guildhall.connect(runner, { directory, deployments: [{ chainId, block: fromBlock, addresses }] });
}
