import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../documents/Hex.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { dealToAbi } from "./toAbi.js";

/** The parameters of {@link refundLodged}. */
export type RefundLodgedParameters = {
  readonly deal: ReferredSale;
};

/** Records the merchant's default on a lodged deal and refunds the buyer: anyone, from the rebate moment on. Pure. */
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
