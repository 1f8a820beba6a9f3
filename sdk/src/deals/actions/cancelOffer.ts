import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../../core/documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { offerToAbi } from "./toAbi.js";

/** The parameters of {@link cancelOffer}. */
export type CancelOfferParameters = {
  readonly offer: Offer;
};

/**
 * Cancels the uses of an offer that are not lodged yet: the merchant only. Pure.
 *
 * @example
 * import { dealActions } from "@guildhall/sdk";
 * const offer = {
 *   saleId: `0x${"11".repeat(32)}`,
 *   merchant: `0x${"22".repeat(20)}`,
 *   customer: `0x${"33".repeat(20)}`,
 *   token,
 *   saleAmount: 1_000n,
 *   policy: "AMOUNT_OFF",
 *   discount: 100n,
 *   free: false,
 *   rebateMoment: 1_900_000_000,
 *   rebate: 50n,
 *   rebateRule: "DEAL_REQUIRED",
 *   maxUses: 1,
 *   counter: 0,
 *   salt: `0x${"66".repeat(32)}`,
 * } as const;
 * const action = dealActions.cancelOffer(contract, { offer });
 * assert.equal(action.name, "cancelOffer");
 */
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
