import type { Address, Hex } from "../../core/documents/Hex.js";

/** The first deal between merchant and customer. */
export type Sale = {
  readonly merchant: Address;
  readonly customer: Address;
  readonly token: Address;
  /** Base units of the token. */
  readonly amount: bigint;
  /** Salted hash of what was sold. */
  readonly itemHash: Hex;
  /** Unix seconds; 0 where the sale cannot be refunded. */
  readonly refundableUntil: number;
  readonly salt: Hex;
};
