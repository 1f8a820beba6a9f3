import { DealError } from "../DealError.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import { price } from "../documents/price.js";
import { saleIdOf } from "../documents/saleIdOf.js";
import type { DealFileBody } from "./DealFile.js";

function requireEqual(document: string, term: string, expected: unknown, actual: unknown): void {
  if (expected === actual) return;
  throw new DealError({
    code: "DEAL_TERM_MISMATCH",
    args: { document, term, expected, actual },
    what: `The ${document} says ${term} = ${String(actual)}, and it must be ${String(expected)}.`,
    advice: "Draft it anew from the documents before it, so that they agree.",
  });
}

/**
 * Refuses a file whose documents disagree: the offer refers to the sale beside it, promise and deal keep every term of
 * the offer, and the price is the policy's.
 *
 * Errors: {@link DealError} DEAL_TERM_MISMATCH, and those of {@link price}.
 */
export function requireAgreement({ sale, offer, rebatePromise, buyer, deal }: DealFileBody): void {
  if (sale !== undefined && offer !== undefined) {
    requireEqual("offer", "saleId", saleIdOf(sale), offer.saleId);
    requireEqual("offer", "merchant", sale.merchant, offer.merchant);
    requireEqual("offer", "customer", sale.customer, offer.customer);
    requireEqual("offer", "token", sale.token, offer.token);
    requireEqual("offer", "saleAmount", sale.amount, offer.saleAmount);
  }
  if (deal !== undefined && buyer !== undefined) requireEqual("deal", "buyer", buyer, deal.buyer);
  if (offer === undefined) return;
  const offerId = offerIdOf(offer);
  const { merchant, customer, rebate, rebateMoment } = offer;
  if (rebatePromise !== undefined) {
    const terms = { offerId, merchant, customer, rebate, rebateMoment };
    for (const term of Object.keys(terms) as (keyof typeof terms)[]) {
      requireEqual("rebatePromise", term, terms[term], rebatePromise[term]);
    }
  }
  if (deal !== undefined) {
    const terms = { offerId, merchant, customer, token: offer.token, amount: price(offer), rebate, rebateMoment };
    for (const term of Object.keys(terms) as (keyof typeof terms)[]) {
      requireEqual("deal", term, terms[term], deal[term]);
    }
  }
}
