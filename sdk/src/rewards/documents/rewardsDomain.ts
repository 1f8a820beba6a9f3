import type { TypedData } from "../../core/signatures/TypedData.js";

/** The chain and the contract that documents are for. */
export type RewardsPlace = {
  readonly chainId: bigint;
  /** The address of RewardPool. */
  readonly contract: string;
};

/**
 * The EIP-712 domain of what is signed about reward pools.
 *
 * @example
 * import { rewardsDomain } from "@guildhall/sdk";
 * assert.equal(rewardsDomain({ chainId: 1n, contract }).name, "Guildhall RewardPool");
 */
export function rewardsDomain({ chainId, contract }: RewardsPlace): TypedData["domain"] {
  return { name: "Guildhall RewardPool", version: "1", chainId, verifyingContract: contract };
}
