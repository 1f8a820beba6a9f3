import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../documents/Hex.js";
import type { Sale } from "../documents/Sale.js";
import { saleIdOf } from "../documents/saleIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { saleToAbi } from "./toAbi.js";

/** The parameters of {@link releaseSale}. */
export type ReleaseSaleParameters = {
  readonly sale: Sale;
};

/** Pays an escrowed price out to the merchant: anyone, from `refundableUntil` on. Pure. */
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
