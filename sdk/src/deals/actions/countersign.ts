import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../documents/Hex.js";
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

/** Settles a lodged deal before its rebate moment. Pure. */
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
