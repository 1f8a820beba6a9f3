import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { offerToAbi } from "./toAbi.js";

/** The parameters of {@link lodgePromotion}. */
export type LodgePromotionParameters = {
  readonly offer: Offer;
  readonly buyer: Address;
  /** Of `MerchantPromiseEndorsement`. */
  readonly merchantSignature: Hex;
  /** Of `BuyerPromiseEndorsement`. */
  readonly buyerSignature: Hex;
  /** Of `CustomerPromiseEndorsement`. */
  readonly customerSignature: Hex;
};

/**
 * Lodges the rebate promise of an opened PROMOTION_ONLY offer and reserves its rebate in the bond. Pure.
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
 * const buyer = `0x${"44".repeat(20)}`;
 * const signature = `0x${"77".repeat(65)}`; // of the one who signs
 * const signatures = { merchantSignature: signature, buyerSignature: signature, customerSignature: signature };
 * const action = dealActions.lodgePromotion(contract, { offer, buyer, ...signatures });
 * assert.equal(action.name, "lodgePromotion");
 */
export function lodgePromotion(
  contract: Address,
  { offer, buyer, merchantSignature, buyerSignature, customerSignature }: LodgePromotionParameters,
): ContractAction<DealEventArgs<"PromiseLodged">> {
  return dealAction({
    contract,
    method: "lodgePromotion",
    args: [offerToAbi(offer), buyer, merchantSignature, buyerSignature, customerSignature],
    event: "PromiseLodged",
    match: { referralId: referralIdOf({ ...offer, offerId: offerIdOf(offer), buyer }) },
  });
}
