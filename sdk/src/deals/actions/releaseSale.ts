import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../../core/documents/Hex.js";
import type { Sale } from "../documents/Sale.js";
import { saleIdOf } from "../documents/saleIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { saleToAbi } from "./toAbi.js";

/** The parameters of {@link releaseSale}. */
export type ReleaseSaleParameters = {
  readonly sale: Sale;
};

/**
 * Pays an escrowed price out to the merchant: anyone, from `refundableUntil` on. Pure.
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
 * const action = dealActions.releaseSale(contract, { sale });
 * assert.equal(action.name, "releaseSale");
 */
export function releaseSale(
  contract: Address,
  { sale }: ReleaseSaleParameters,
): ContractAction<DealEventArgs<"SaleReleased">> {
  return dealAction({
    contract,
    method: "releaseSale",
    args: [saleToAbi(sale)],
    event: "SaleReleased",
    match: { saleId: saleIdOf(sale) },
  });
}
