import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
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

/**
 * Records a sale that was paid elsewhere. Pure.
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
 * const action = dealActions.recordSale(contract, { sale, merchantSignature: signature, customerSignature: signature });
 * assert.equal(action.name, "recordSale");
 */
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
