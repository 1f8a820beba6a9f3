import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../../core/documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { offerToAbi } from "./toAbi.js";

/** The parameters of {@link reclaimBond}. */
export type ReclaimBondParameters = {
  readonly offer: Offer;
};

/**
 * Returns the unreserved bond to the merchant, once the offer is over. Pure.
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
 * const action = dealActions.reclaimBond(contract, { offer });
 * assert.equal(action.name, "reclaimBond");
 */
export function reclaimBond(
  contract: Address,
  { offer }: ReclaimBondParameters,
): ContractAction<DealEventArgs<"BondReclaimed">> {
  return dealAction({
    contract,
    method: "reclaimBond",
    args: [offerToAbi(offer)],
    event: "BondReclaimed",
    match: { offerId: offerIdOf(offer) },
  });
}
