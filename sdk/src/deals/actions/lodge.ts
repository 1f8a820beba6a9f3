import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../documents/Hex.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { byAllowance, type Payment } from "../payments/Payment.js";
import { dealAction } from "./dealAction.js";
import { type CompleteOffer, dealToAbi, evidenceToAbi, paymentToAbi } from "./toAbi.js";

/** The parameters of {@link lodge}. */
export type LodgeParameters = {
  /** The offer with the endorsements of all three parties. */
  readonly evidence: CompleteOffer;
  readonly deal: ReferredSale;
  /** Of `CustomerDealEndorsement`. */
  readonly customerSignature: Hex;
  /** Of `BuyerDealEndorsement`. */
  readonly buyerSignature: Hex;
  /** How the buyer pays; out of its allowance by default. */
  readonly payment?: Payment;
};

/** Lodges a deal that lacks only the merchant's signature, with the price in escrow. Pure. */
export function lodge(
  contract: Address,
  { evidence, deal, customerSignature, buyerSignature, payment = byAllowance }: LodgeParameters,
): ContractAction<DealEventArgs<"DealLodged">> {
  return dealAction({
    contract,
    method: "lodge",
    args: [evidenceToAbi(evidence), dealToAbi(deal), customerSignature, buyerSignature, paymentToAbi(payment)],
    event: "DealLodged",
    match: { referralId: referralIdOf(deal) },
  });
}
