import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../documents/Hex.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import { dealIdOf } from "../documents/dealIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { dealToAbi } from "./toAbi.js";

/** The parameters of {@link recordReferredSale}. */
export type RecordReferredSaleParameters = {
  readonly deal: ReferredSale;
};

/** Records a settled referred sale as a sale, so that it can be the base of the next offer. Pure. */
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
