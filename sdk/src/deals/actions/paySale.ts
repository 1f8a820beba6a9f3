import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import type { Sale } from "../documents/Sale.js";
import { saleIdOf } from "../documents/saleIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { byAllowance, type Payment } from "../payments/Payment.js";
import { dealAction } from "./dealAction.js";
import { paymentToAbi, saleToAbi } from "./toAbi.js";

/** The parameters of {@link paySale}. */
export type PaySaleParameters = {
  readonly sale: Sale;
  /** Of `MerchantSaleEndorsement` with `paidElsewhere` false. */
  readonly merchantSignature: Hex;
  /** Of `CustomerSaleEndorsement` with `paidElsewhere` false. */
  readonly customerSignature: Hex;
  /** How the customer pays; out of its allowance by default. */
  readonly payment?: Payment;
};

/**
 * Records a sale and takes its price from the customer. Pure.
 *
 * @example
 * import { dealActions } from "@guildhall/sdk";
 * const sale = {
 *   merchant: `0x${"22".repeat(20)}`,
 *   customer: `0x${"33".repeat(20)}`,
 *   token,
 *   amount: 1_000n,
 *   itemHash: `0x${"55".repeat(32)}`,
 *   refundableUntil: 0,
 *   salt: `0x${"66".repeat(32)}`,
 * };
 * const signature = `0x${"77".repeat(65)}`; // of the one who signs
 * const action = dealActions.paySale(contract, { sale, merchantSignature: signature, customerSignature: signature });
 * assert.equal(action.name, "paySale");
 */
export function paySale(
  contract: Address,
  { sale, merchantSignature, customerSignature, payment = byAllowance }: PaySaleParameters,
): ContractAction<DealEventArgs<"SaleRecorded">> {
  return dealAction({
    contract,
    method: "paySale",
    args: [saleToAbi(sale), merchantSignature, customerSignature, paymentToAbi(payment)],
    event: "SaleRecorded",
    match: { saleId: saleIdOf(sale) },
  });
}
