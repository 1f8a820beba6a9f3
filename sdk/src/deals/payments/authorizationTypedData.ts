import type { TypedData } from "../../core/signatures/TypedData.js";
import type { Address, Hex } from "../../core/documents/Hex.js";

/** What an ERC-3009 authorization to receive says. */
export type AuthorizationParameters = {
  /** The token's EIP-712 domain; see {@link readTokenDomain}. */
  readonly domain: TypedData["domain"];
  readonly from: Address;
  readonly to: Address;
  /** Base units. */
  readonly value: bigint;
  /** Unix seconds before which it serves. */
  readonly deadline: bigint;
  /** The id of the document that is paid. */
  readonly nonce: Hex;
};

/**
 * The typed data of an ERC-3009 `ReceiveWithAuthorization`, as the contract submits it: valid from 0 on. Pure.
 *
 * @example
 * import { authorizationTypedData } from "@guildhall/sdk";
 * const data = authorizationTypedData({
 *   domain: { name: "Coin", version: "1", chainId: 1n, verifyingContract: `0x${"44".repeat(20)}` },
 *   from: `0x${"11".repeat(20)}`,
 *   to: `0x${"22".repeat(20)}`,
 *   value: 900n,
 *   deadline: 1_900_000_000n,
 *   nonce: `0x${"55".repeat(32)}`,
 * });
 * assert.equal(data.primaryType, "ReceiveWithAuthorization");
 */
export function authorizationTypedData({
  domain,
  from,
  to,
  value,
  deadline,
  nonce,
}: AuthorizationParameters): TypedData {
  return {
    domain,
    types: {
      ReceiveWithAuthorization: [
        { name: "from", type: "address" },
        { name: "to", type: "address" },
        { name: "value", type: "uint256" },
        { name: "validAfter", type: "uint256" },
        { name: "validBefore", type: "uint256" },
        { name: "nonce", type: "bytes32" },
      ],
    },
    primaryType: "ReceiveWithAuthorization",
    message: { from, to, value, validAfter: 0n, validBefore: deadline, nonce },
  };
}
