import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../../core/documents/Hex.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { dealToAbi } from "./toAbi.js";

/** The parameters of {@link refundLodged}. */
export type RefundLodgedParameters = {
  readonly deal: ReferredSale;
};

/**
 * Records the merchant's default on a lodged deal and refunds the buyer: anyone, from the rebate moment on. Pure.
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
 * const action = dealActions.refundLodged(contract, { deal });
 * assert.equal(action.name, "refundLodged");
 */
export function refundLodged(
  contract: Address,
  { deal }: RefundLodgedParameters,
): ContractAction<DealEventArgs<"DealDefaulted">> {
  return dealAction({
    contract,
    method: "refundLodged",
    args: [dealToAbi(deal)],
    event: "DealDefaulted",
    match: { referralId: referralIdOf(deal) },
  });
}
