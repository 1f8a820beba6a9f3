import type { TypedData } from "../../core/signatures/TypedData.js";
import type { Address } from "../../core/documents/Hex.js";

/** What an EIP-2612 permit says. */
export type PermitParameters = {
  /** The token's EIP-712 domain; see {@link readTokenDomain}. */
  readonly domain: TypedData["domain"];
  readonly owner: Address;
  readonly spender: Address;
  /** Base units. */
  readonly value: bigint;
  /** The token's `nonces(owner)`. */
  readonly nonce: bigint;
  /** Unix seconds. */
  readonly deadline: bigint;
};

/**
 * The typed data of an EIP-2612 permit. Pure.
 *
 * @example
 * import { permitTypedData } from "@guildhall/sdk";
 * const data = permitTypedData({
 *   domain: { name: "Coin", version: "1", chainId: 1n, verifyingContract: `0x${"44".repeat(20)}` },
 *   owner: `0x${"11".repeat(20)}`,
 *   spender: `0x${"22".repeat(20)}`,
 *   value: 900n,
 *   nonce: 0n,
 *   deadline: 1_900_000_000n,
 * });
 * assert.equal(data.primaryType, "Permit");
 */
export function permitTypedData({ domain, owner, spender, value, nonce, deadline }: PermitParameters): TypedData {
  return {
    domain,
    types: {
      Permit: [
        { name: "owner", type: "address" },
        { name: "spender", type: "address" },
        { name: "value", type: "uint256" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
    },
    primaryType: "Permit",
    message: { owner, spender, value, nonce, deadline },
  };
}
