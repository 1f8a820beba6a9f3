import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { dealToAbi } from "./toAbi.js";

/** The parameters of {@link countersign}. */
export type CountersignParameters = {
  readonly deal: ReferredSale;
  /** Of `MerchantDealEndorsement`; left out where the merchant sends it. */
  readonly merchantSignature?: Hex;
};

/**
 * Settles a lodged deal before its rebate moment. Pure.
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
 * const action = dealActions.countersign(contract, { deal });
 * assert.equal(action.name, "countersign");
 */
export function countersign(
  contract: Address,
  { deal, merchantSignature = "0x" }: CountersignParameters,
): ContractAction<DealEventArgs<"DealSettled">> {
  return dealAction({
    contract,
    method: "countersign",
    args: [dealToAbi(deal), merchantSignature],
    event: "DealSettled",
    match: { referralId: referralIdOf(deal) },
  });
}
