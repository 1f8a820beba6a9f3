import type { Address, Hex } from "../../core/documents/Hex.js";
import { discountPolicies, type Offer, rebateRules } from "../documents/Offer.js";
import type { RebatePromise } from "../documents/RebatePromise.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import type { Sale } from "../documents/Sale.js";
import { type Payment, paymentMethods } from "../payments/Payment.js";

/** A sale as the contract takes it. */
export function saleToAbi(sale: Sale) {
  return { ...sale, refundableUntil: BigInt(sale.refundableUntil) };
}

/** An offer as the contract takes it. */
export function offerToAbi(offer: Offer) {
  return {
    ...offer,
    policy: BigInt(discountPolicies.indexOf(offer.policy)),
    rebateMoment: BigInt(offer.rebateMoment),
    rebateRule: BigInt(rebateRules.indexOf(offer.rebateRule)),
    maxUses: BigInt(offer.maxUses),
    counter: BigInt(offer.counter),
  };
}

/** A rebate promise as the contract takes it. */
export function promiseToAbi(rebatePromise: RebatePromise) {
  return { ...rebatePromise, rebateMoment: BigInt(rebatePromise.rebateMoment) };
}

/** A referred sale as the contract takes it. */
export function dealToAbi(deal: ReferredSale) {
  return { ...deal, rebateMoment: BigInt(deal.rebateMoment) };
}

/** A payment as the contract takes it. */
export function paymentToAbi({ method, deadline, signature }: Payment) {
  return { method: BigInt(paymentMethods.indexOf(method)), deadline, signature };
}

/** An offer with the endorsements of all three parties. */
export type CompleteOffer = {
  readonly offer: Offer;
  readonly buyer: Address;
  readonly merchantSignature: Hex;
  readonly customerSignature: Hex;
  readonly buyerSignature: Hex;
};

/** A complete offer as the contract takes it. */
export function evidenceToAbi({ offer, merchantSignature, customerSignature, buyerSignature }: CompleteOffer) {
  return { offer: offerToAbi(offer), merchantSignature, customerSignature, buyerSignature };
}
