import { hashDocument } from "./hashDocument.js";
import type { Address, Hex } from "../../core/documents/Hex.js";

/** The terms on which an offer's use by one buyer, its rebate promise and its referred sale agree. */
export type ReferralTerms = {
  readonly offerId: Hex;
  readonly merchant: Address;
  readonly customer: Address;
  readonly buyer: Address;
  readonly rebate: bigint;
  readonly rebateMoment: number;
};

/**
 * The id of one use of an offer by one buyer. A {@link ReferredSale} has all its terms.
 *
 * @example
 * import { referralIdOf } from "@guildhall/sdk";
 * const id = referralIdOf({
 *   offerId: `0x${"11".repeat(32)}`,
 *   merchant: `0x${"22".repeat(20)}`,
 *   customer: `0x${"33".repeat(20)}`,
 *   buyer: `0x${"44".repeat(20)}`,
 *   rebate: 5n,
 *   rebateMoment: 1_900_000_000,
 * });
 * assert.match(id, /^0x[0-9a-f]{64}$/);
 */
export function referralIdOf({ offerId, merchant, customer, buyer, rebate, rebateMoment }: ReferralTerms): Hex {
  return hashDocument("Referral", { offerId, merchant, customer, buyer, rebate, rebateMoment });
}
