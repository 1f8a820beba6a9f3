import type { TypedData } from "../../core/signatures/TypedData.js";
import type { Address, Hex } from "../../core/documents/Hex.js";

/** Permit2's address, the same on every chain that has it. */
export const PERMIT2_ADDRESS: Address = "0x000000000022D473030F116dDEE9F6B43aC78BA3";

/** What a Permit2 signature transfer says. */
export type Permit2Parameters = {
  readonly chainId: bigint;
  readonly token: Address;
  readonly spender: Address;
  /** Base units. */
  readonly amount: bigint;
  /** The id of the document that is paid; its number is the nonce. */
  readonly nonce: Hex;
  /** Unix seconds. */
  readonly deadline: bigint;
};

/**
 * The typed data of a Permit2 `PermitTransferFrom`. Pure.
 *
 * @example
 * import { permit2TypedData } from "@guildhall/sdk";
 * const data = permit2TypedData({
 *   chainId: 1n,
 *   token: `0x${"44".repeat(20)}`,
 *   spender: `0x${"22".repeat(20)}`,
 *   amount: 900n,
 *   nonce: `0x${"55".repeat(32)}`,
 *   deadline: 1_900_000_000n,
 * });
 * assert.equal(data.message.nonce, BigInt(`0x${"55".repeat(32)}`));
 */
export function permit2TypedData({ chainId, token, spender, amount, nonce, deadline }: Permit2Parameters): TypedData {
  return {
    domain: { name: "Permit2", chainId, verifyingContract: PERMIT2_ADDRESS },
    types: {
      PermitTransferFrom: [
        { name: "permitted", type: "TokenPermissions" },
        { name: "spender", type: "address" },
        { name: "nonce", type: "uint256" },
        { name: "deadline", type: "uint256" },
      ],
      TokenPermissions: [
        { name: "token", type: "address" },
        { name: "amount", type: "uint256" },
      ],
    },
    primaryType: "PermitTransferFrom",
    message: { permitted: { token, amount }, spender, nonce: BigInt(nonce), deadline },
  };
}
