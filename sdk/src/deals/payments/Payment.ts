import { bytes, choice, object, type Schema, uint } from "../../core/documents/schema/index.js";
import type { Hex } from "../../core/documents/Hex.js";

/** The ways of paying, in the contract's order. */
export const paymentMethods = ["ALLOWANCE", "PERMIT", "AUTHORIZATION", "PERMIT2"] as const;

/**
 * How an account pays the contract. ALLOWANCE: it approved the contract before. PERMIT: EIP-2612. AUTHORIZATION:
 * ERC-3009. PERMIT2: Permit2's signature transfer.
 */
export type PaymentMethod = (typeof paymentMethods)[number];

/** A payment's method and what the account signed for it. */
export type Payment = {
  readonly method: PaymentMethod;
  /** Unix seconds until which the signature serves; 0 with ALLOWANCE. */
  readonly deadline: bigint;
  /** "0x" with ALLOWANCE. */
  readonly signature: Hex;
};

/** Signatures of wallets may be long; this is far beyond any that is in use. */
export const MAX_SIGNATURE_BYTES = 8_192;

/** A payment in JSON. */
export const paymentSchema: Schema<Payment> = object({
  method: choice(paymentMethods),
  deadline: uint(256),
  signature: bytes({ max: MAX_SIGNATURE_BYTES }),
});

/**
 * Payment out of an allowance: nothing to sign.
 *
 * @example
 * import { byAllowance } from "@guildhall/sdk";
 * assert.deepEqual(byAllowance, { method: "ALLOWANCE", deadline: 0n, signature: "0x" });
 */
export const byAllowance: Payment = { method: "ALLOWANCE", deadline: 0n, signature: "0x" };
