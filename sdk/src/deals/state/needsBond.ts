import type { Offer } from "../documents/Offer.js";
import { price } from "../documents/price.js";

/**
 * Whether an offer needs a bond: it pays without a deal, or its rebate is more than its price.
 *
 * Errors: those of {@link price}.
 *
 * @example
 * import { needsBond } from "@guildhall/sdk";
 * assert.equal(needsBond(offer), false);
 * assert.equal(needsBond({ ...offer, rebateRule: "PROMOTION_ONLY" }), true);
 */
export function needsBond(offer: Offer): boolean {
  return offer.rebateRule === "PROMOTION_ONLY" || offer.rebate > price(offer);
}
