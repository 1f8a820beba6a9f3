import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../../core/documents/Hex.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import { dealAction } from "./dealAction.js";
import { eitherWay, type RebatePayment } from "./RebatePayment.js";
import { dealToAbi } from "./toAbi.js";

/** The parameters of {@link payRebate}. */
export type PayRebateParameters = { readonly deal: ReferredSale };

/**
 * Pays a rebate that was held back from the price, from the rebate moment on. Pure.
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
 * const action = dealActions.payRebate(contract, { deal });
 * assert.equal(action.name, "payRebate");
 */
export function payRebate(contract: Address, { deal }: PayRebateParameters): ContractAction<RebatePayment> {
  const call = { contract, method: "payRebate", args: [dealToAbi(deal)] } as const;
  const match = { referralId: referralIdOf(deal) };
  return eitherWay(
    dealAction({ ...call, event: "RebatePaid", match }),
    dealAction({ ...call, event: "RebateReturned", match }),
  );
}
