import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { byAllowance, type Payment } from "../payments/Payment.js";
import { dealAction } from "./dealAction.js";
import { dealToAbi, paymentToAbi } from "./toAbi.js";

/** The parameters of {@link settle}. */
export type SettleParameters = {
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
 * Settles a referred sale before its rebate moment; the offer stays off chain. Pure.
 *
 * @example
 * import { dealActions } from "@guildhall/sdk";
 * const deal = {
 *   offerId: `0x${"11".repeat(32)}`,
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
 * const action = dealActions.settle(contract, { deal, customerSignature: signature, buyerSignature: signature });
 * assert.equal(action.name, "settle");
 */
export function settle(
  contract: Address,
  { deal, customerSignature, buyerSignature, merchantSignature = "0x", payment = byAllowance }: SettleParameters,
): ContractAction<DealEventArgs<"DealSettled">> {
  return dealAction({
    contract,
    method: "settle",
    args: [dealToAbi(deal), customerSignature, buyerSignature, merchantSignature, paymentToAbi(payment)],
    event: "DealSettled",
    match: { referralId: referralIdOf(deal) },
  });
}
