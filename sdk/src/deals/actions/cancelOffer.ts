import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { offerToAbi } from "./toAbi.js";

/** The parameters of {@link cancelOffer}. */
export type CancelOfferParameters = {
  readonly offer: Offer;
};

/** Cancels the uses of an offer that are not lodged yet: the merchant only. Pure. */
export function cancelOffer(
  contract: Address,
  { offer }: CancelOfferParameters,
): ContractAction<DealEventArgs<"OfferCancelled">> {
  return dealAction({
    contract,
    method: "cancelOffer",
    args: [offerToAbi(offer)],
    event: "OfferCancelled",
    match: { offerId: offerIdOf(offer) },
  });
}
