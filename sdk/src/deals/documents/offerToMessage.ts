import { discountPolicies, type Offer, rebateRules } from "./Offer.js";

/** An offer's fields as its EIP-712 struct has them: policy and rule are numbers there. */
export type OfferMessage = Omit<Offer, "policy" | "rebateRule"> & {
  readonly policy: number;
  readonly rebateRule: number;
};

/** An offer as its EIP-712 struct. The other documents are their structs already. */
export function offerToMessage(offer: Offer): OfferMessage {
  return {
    ...offer,
    policy: discountPolicies.indexOf(offer.policy),
    rebateRule: rebateRules.indexOf(offer.rebateRule),
  };
}
