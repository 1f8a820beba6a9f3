import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../../core/documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import { dealAction } from "./dealAction.js";
import { eitherWay, type RebatePayment } from "./RebatePayment.js";
import { offerToAbi } from "./toAbi.js";

/** The parameters of {@link payBondedRebate}. */
export type PayBondedRebateParameters = { readonly offer: Offer; readonly buyer: Address };

/**
 * Pays a rebate that is reserved in the offer's bond, from the rebate moment on. Pure.
 *
 * @example
 * import { dealActions } from "@guildhall/sdk";
 * const offer = {
 *   saleId: `0x${"11".repeat(32)}`,
 *   merchant: `0x${"22".repeat(20)}`,
 *   customer: `0x${"33".repeat(20)}`,
 *   token,
 *   saleAmount: 1_000n,
 *   policy: "AMOUNT_OFF",
 *   discount: 100n,
 *   free: false,
 *   rebateMoment: 1_900_000_000,
 *   rebate: 50n,
 *   rebateRule: "DEAL_REQUIRED",
 *   maxUses: 1,
 *   counter: 0,
 *   salt: `0x${"66".repeat(32)}`,
 * } as const;
 * const action = dealActions.payBondedRebate(contract, { offer, buyer: `0x${"44".repeat(20)}` });
 * assert.equal(action.name, "payBondedRebate");
 */
export function payBondedRebate(
  contract: Address,
  { offer, buyer }: PayBondedRebateParameters,
): ContractAction<RebatePayment> {
  const call = { contract, method: "payBondedRebate", args: [offerToAbi(offer), buyer] } as const;
  const match = { referralId: referralIdOf({ ...offer, offerId: offerIdOf(offer), buyer }) };
  return eitherWay(
    dealAction({ ...call, event: "RebatePaid", match }),
    dealAction({ ...call, event: "RebateReturned", match }),
  );
}
