import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../../core/documents/Hex.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import { dealIdOf } from "../documents/dealIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { dealToAbi } from "./toAbi.js";

/** The parameters of {@link recordReferredSale}. */
export type RecordReferredSaleParameters = {
  readonly deal: ReferredSale;
};

/**
 * Records a settled referred sale as a sale, so that it can be the base of the next offer. Pure.
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
 * const action = dealActions.recordReferredSale(contract, { deal });
 * assert.equal(action.name, "recordReferredSale");
 */
export function recordReferredSale(
  contract: Address,
  { deal }: RecordReferredSaleParameters,
): ContractAction<DealEventArgs<"SaleRecorded">> {
  return dealAction({
    contract,
    method: "recordReferredSale",
    args: [dealToAbi(deal)],
    event: "SaleRecorded",
    match: { saleId: dealIdOf(deal) },
  });
}
