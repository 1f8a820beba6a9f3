import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../documents/Hex.js";
import type { Sale } from "../documents/Sale.js";
import { saleIdOf } from "../documents/saleIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { saleToAbi } from "./toAbi.js";

/** The parameters of {@link refundSale}. */
export type RefundSaleParameters = {
  readonly sale: Sale;
};

/** Gives an escrowed price back to the customer: the merchant only, before `refundableUntil`. Pure. */
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
