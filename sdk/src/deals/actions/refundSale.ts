import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../../core/documents/Hex.js";
import type { Sale } from "../documents/Sale.js";
import { saleIdOf } from "../documents/saleIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { saleToAbi } from "./toAbi.js";

/** The parameters of {@link refundSale}. */
export type RefundSaleParameters = {
  readonly sale: Sale;
};

/**
 * Gives an escrowed price back to the customer: the merchant only, before `refundableUntil`. Pure.
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
 * const action = dealActions.refundSale(contract, { sale });
 * assert.equal(action.name, "refundSale");
 */
export function refundSale(
  contract: Address,
  { sale }: RefundSaleParameters,
): ContractAction<DealEventArgs<"SaleRefunded">> {
  return dealAction({
    contract,
    method: "refundSale",
    args: [saleToAbi(sale)],
    event: "SaleRefunded",
    match: { saleId: saleIdOf(sale) },
  });
}
