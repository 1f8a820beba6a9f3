import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { byAllowance, type Payment } from "../payments/Payment.js";
import { dealAction } from "./dealAction.js";
import { offerToAbi, paymentToAbi } from "./toAbi.js";

/** The parameters of {@link openOffer}. */
export type OpenOfferParameters = {
  readonly offer: Offer;
  /** Of `OfferOpening`; left out where the merchant sends it. */
  readonly merchantSignature?: Hex;
  /** How the merchant pays; out of its allowance by default. */
  readonly payment?: Payment;
};

/**
 * Opens an offer on chain and locks `rebate` for each of its uses. Pure.
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
 * const action = dealActions.openOffer(contract, { offer });
 * assert.equal(action.name, "openOffer");
 */
export function openOffer(
  contract: Address,
  { offer, merchantSignature = "0x", payment = byAllowance }: OpenOfferParameters,
): ContractAction<DealEventArgs<"OfferOpened">> {
  return dealAction({
    contract,
    method: "openOffer",
    args: [offerToAbi(offer), merchantSignature, paymentToAbi(payment)],
    event: "OfferOpened",
    match: { offerId: offerIdOf(offer) },
  });
}
