import { network } from "hardhat";

import type { Directory } from "../../typechain-types/index.js";

export type Line = readonly [name: string, account: string];

export const { ethers } = await network.create();

/** A directory of `lines`, whose names are plain text. */
export async function deployDirectory(
  lines: readonly Line[],
  previous: string = ethers.ZeroAddress,
): Promise<Directory> {
  return deployRaw(
    lines.map(([name, account]) => [ethers.encodeBytes32String(name), account]),
    previous,
  );
}

/** The same with the names as 32 bytes, so that wrong ones can be given. */
export async function deployRaw(lines: readonly Line[], previous: string = ethers.ZeroAddress): Promise<Directory> {
  return ethers.deployContract("Directory", [lines.map(([name, account]) => ({ name, account })), previous]);
}

/** The addresses of `count` contracts: any code will do. */
export async function deployContracts(count: number): Promise<readonly string[]> {
  const contracts = await Promise.all(Array.from({ length: count }, async () => deployDirectory([])));
  return Promise.all(contracts.map(async (contract) => contract.getAddress()));
}
