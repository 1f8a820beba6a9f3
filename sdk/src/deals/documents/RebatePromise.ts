import type { Address, Hex } from "../../core/documents/Hex.js";

/** The merchant's promise of a rebate. The buyer is named by the endorsements. */
export type RebatePromise = {
  readonly offerId: Hex;
  readonly merchant: Address;
  readonly customer: Address;
  /** R, in base units. */
  readonly rebate: bigint;
  /** t, in Unix seconds. */
  readonly rebateMoment: number;
};
