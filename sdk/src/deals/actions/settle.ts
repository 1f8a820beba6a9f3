import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../documents/Hex.js";
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

/** Settles a referred sale before its rebate moment; the offer stays off chain. Pure. */
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
