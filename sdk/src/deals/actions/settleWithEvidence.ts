import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { byAllowance, type Payment } from "../payments/Payment.js";
import { dealAction } from "./dealAction.js";
import { type CompleteOffer, dealToAbi, evidenceToAbi, paymentToAbi } from "./toAbi.js";

/** The parameters of {@link settleWithEvidence}. */
export type SettleWithEvidenceParameters = {
  /** The offer with the endorsements of all three parties. */
  readonly evidence: CompleteOffer;
  readonly deal: ReferredSale;
  /** Of `CustomerDealEndorsement`. */
  readonly customerSignature: Hex;
  /** Of `BuyerDealEndorsement`. */
  readonly buyerSignature: Hex;
  /** Of `MerchantDealEndorsement`; left out where the merchant sends it. */
  readonly merchantSignature?: Hex;
  /** How the buyer pays; out of its allowance by default. */
  readonly payment?: Payment;
};

/**
 * Settles a referred sale on the evidence of the complete offer. Pure.
 *
 * @example
 * import { dealActions, offerIdOf } from "@guildhall/sdk";
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
 * const deal = {
 *   offerId: offerIdOf(offer),
 *   merchant: `0x${"22".repeat(20)}`,
 *   customer: `0x${"33".repeat(20)}`,
 *   buyer: `0x${"44".repeat(20)}`,
 *   token,
 *   amount: 900n,
 *   rebate: 50n,
 *   rebateMoment: 1_900_000_000,
 *   itemHash: `0x${"55".repeat(32)}`,
 *   salt: `0x${"66".repeat(32)}`,
 * };
 * const signature = `0x${"77".repeat(65)}`; // of the one who signs
 * const signatures = { customerSignature: signature, buyerSignature: signature };
 * const evidence = { offer, buyer: deal.buyer, merchantSignature: signature, ...signatures };
 * const action = dealActions.settleWithEvidence(contract, { evidence, deal, ...signatures });
 * assert.equal(action.name, "settleWithEvidence");
 */
export function settleWithEvidence(
  contract: Address,
  {
    evidence,
    deal,
    customerSignature,
    buyerSignature,
    merchantSignature = "0x",
    payment = byAllowance,
  }: SettleWithEvidenceParameters,
): ContractAction<DealEventArgs<"DealSettled">> {
  return dealAction({
    contract,
    method: "settleWithEvidence",
    args: [
      evidenceToAbi(evidence),
      dealToAbi(deal),
      customerSignature,
      buyerSignature,
      merchantSignature,
      paymentToAbi(payment),
    ],
    event: "DealSettled",
    match: { referralId: referralIdOf(deal) },
  });
}
