import type { Address, Hex } from "../../core/documents/Hex.js";

/** The new deal between merchant and buyer. */
export type ReferredSale = {
  readonly offerId: Hex;
  readonly merchant: Address;
  readonly customer: Address;
  readonly buyer: Address;
  readonly token: Address;
  /** The price that the buyer pays, in base units. */
  readonly amount: bigint;
  /** R, in base units. */
  readonly rebate: bigint;
  /** t, in Unix seconds. */
  readonly rebateMoment: number;
  /** Salted hash of what is sold. */
  readonly itemHash: Hex;
  readonly salt: Hex;
};
