import type { TypedData } from "../../core/signatures/TypedData.js";
import type { Address } from "../../core/documents/Hex.js";

/** The chain and the contract that documents are for. */
export type DealsPlace = {
  readonly chainId: bigint;
  /** The address of ReferralDeals. */
  readonly contract: Address;
};

/**
 * The EIP-712 domain of referral deals: a signature serves on one chain and for one contract.
 *
 * @example
 * import { dealsDomain } from "@guildhall/sdk";
 * const domain = dealsDomain({ chainId: 1n, contract: "0x00000000000000000000000000000000000000AA" });
 * assert.equal(domain.name, "Guildhall ReferralDeals");
 */
export function dealsDomain({ chainId, contract }: DealsPlace): TypedData["domain"] {
  return { name: "Guildhall ReferralDeals", version: "1", chainId, verifyingContract: contract };
}
