import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../documents/Hex.js";
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

/** Lodges the rebate promise of an opened PROMOTION_ONLY offer and reserves its rebate in the bond. Pure. */
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
