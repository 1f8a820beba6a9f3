import { DealError } from "../DealError.js";
import type { Offer } from "./Offer.js";
import { offerIdOf } from "./offerIdOf.js";

const BASIS_POINTS = 10_000n;

function discounted({ saleAmount, policy, discount }: Offer): bigint {
  if (policy === "FIXED_PRICE") return discount;
  const max = policy === "PERCENT_OFF" ? BASIS_POINTS : saleAmount;
  if (discount > max) {
    throw new DealError({
      code: "DEAL_DISCOUNT_OUT_OF_RANGE",
      args: { max, discount },
      what: `The discount is ${discount}, and the most that ${policy} allows here is ${max}.`,
      advice: "Lower the discount.",
    });
  }
  return saleAmount - (policy === "PERCENT_OFF" ? (saleAmount * discount) / BASIS_POINTS : discount);
}

/**
 * What the buyer pays under an offer, in base units, as the contract reckons it: the discount rounds down, the price is
 * below the base sale's amount, and 0 only where the offer says that free is meant.
 *
 * Errors: {@link DealError} DEAL_DISCOUNT_OUT_OF_RANGE, DEAL_PRICE_NOT_BELOW, DEAL_NOT_FREE.
 *
 * @example
 * import { price } from "@guildhall/sdk";
 * const amount = price({
 *   saleId: `0x${"11".repeat(32)}`,
 *   merchant: `0x${"22".repeat(20)}`,
 *   customer: `0x${"33".repeat(20)}`,
 *   token: `0x${"44".repeat(20)}`,
 *   saleAmount: 999n,
 *   policy: "PERCENT_OFF",
 *   discount: 1_000n, // basis points
 *   free: false,
 *   rebateMoment: 1_900_000_000,
 *   rebate: 50n,
 *   rebateRule: "DEAL_REQUIRED",
 *   maxUses: 1,
 *   counter: 0,
 *   salt: `0x${"55".repeat(32)}`,
 * });
 * assert.equal(amount, 900n); // 999 - floor(99.9)
 */
export function price(offer: Offer): bigint {
  const result = discounted(offer);
  if (result >= offer.saleAmount) {
    throw new DealError({
      code: "DEAL_PRICE_NOT_BELOW",
      args: { saleAmount: offer.saleAmount, price: result },
      what: `The price comes to ${result}, which is not below the base sale's ${offer.saleAmount}.`,
      advice: "Raise the discount.",
    });
  }
  if (result === 0n && !offer.free) {
    const offerId = offerIdOf(offer);
    throw new DealError({
      code: "DEAL_NOT_FREE",
      args: { offerId },
      what: `The price of offer ${offerId} comes to 0, and the offer does not say that free is meant.`,
      advice: "Set `free` if it is meant, or lower the discount.",
    });
  }
  return result;
}
