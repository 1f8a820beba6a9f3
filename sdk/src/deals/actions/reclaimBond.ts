import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { offerToAbi } from "./toAbi.js";

/** The parameters of {@link reclaimBond}. */
export type ReclaimBondParameters = {
  readonly offer: Offer;
};

/** Returns the unreserved bond to the merchant, once the offer is over. Pure. */
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
