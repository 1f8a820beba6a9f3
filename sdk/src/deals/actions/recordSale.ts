import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../documents/Hex.js";
import type { Sale } from "../documents/Sale.js";
import { saleIdOf } from "../documents/saleIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { saleToAbi } from "./toAbi.js";

/** The parameters of {@link recordSale}. */
export type RecordSaleParameters = {
  readonly sale: Sale;
  /** Of `MerchantSaleEndorsement` with `paidElsewhere` true. */
  readonly merchantSignature: Hex;
  /** Of `CustomerSaleEndorsement` with `paidElsewhere` true. */
  readonly customerSignature: Hex;
};

/** Records a sale that was paid elsewhere. Pure. */
export function recordSale(
  contract: Address,
  { sale, merchantSignature, customerSignature }: RecordSaleParameters,
): ContractAction<DealEventArgs<"SaleRecorded">> {
  return dealAction({
    contract,
    method: "recordSale",
    args: [saleToAbi(sale), merchantSignature, customerSignature],
    event: "SaleRecorded",
    match: { saleId: saleIdOf(sale) },
  });
}
