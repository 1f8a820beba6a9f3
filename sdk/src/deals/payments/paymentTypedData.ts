import type { TypedData } from "../../core/signatures/TypedData.js";
import type { DealsPlace } from "../documents/dealsDomain.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import { authorizationTypedData } from "./authorizationTypedData.js";
import type { PaymentMethod } from "./Payment.js";
import { permit2TypedData } from "./permit2TypedData.js";
import { permitTypedData } from "./permitTypedData.js";

/** What is paid: exactly this amount, for this document. */
export type PaymentDue = {
  readonly token: Address;
  readonly account: Address;
  /** Base units. */
  readonly amount: bigint;
  /** The id of the document: a sale's, an offer's (for its bond) or a referred sale's. */
  readonly documentId: Hex;
};

/** What of the token a payment's signature depends on. */
export type TokenFacts = {
  /** The token's EIP-712 domain. */
  readonly domain: TypedData["domain"];
  /** Its `nonces(account)`; for PERMIT alone. */
  readonly permitNonce?: bigint;
};

/** How and until when. */
export type PaymentTerms = {
  readonly method: Exclude<PaymentMethod, "ALLOWANCE">;
  /** Unix seconds. */
  readonly deadline: bigint;
};

/**
 * The typed data that an account signs to pay by a method. Pure.
 *
 * @example
 * import { paymentTypedData } from "@guildhall/sdk";
 * const due = { token, account: `0x${"44".repeat(20)}`, amount: 900n, documentId: `0x${"55".repeat(32)}` };
 * const terms = { method: "PERMIT2", deadline: 1_900_000_000n } as const;
 * const data = paymentTypedData({ chainId: 1n, contract }, due, terms, { domain: {} });
 * assert.equal(data.primaryType, "PermitTransferFrom");
 */
export function paymentTypedData(
  { chainId, contract }: DealsPlace,
  { token, account, amount, documentId }: PaymentDue,
  { method, deadline }: PaymentTerms,
  { domain, permitNonce = 0n }: TokenFacts,
): TypedData {
  switch (method) {
    case "PERMIT":
      return permitTypedData({
        domain,
        owner: account,
        spender: contract,
        value: amount,
        nonce: permitNonce,
        deadline,
      });
    case "AUTHORIZATION":
      return authorizationTypedData({
        domain,
        from: account,
        to: contract,
        value: amount,
        deadline,
        nonce: documentId,
      });
    case "PERMIT2":
      return permit2TypedData({ chainId, token, spender: contract, amount, nonce: documentId, deadline });
  }
}
