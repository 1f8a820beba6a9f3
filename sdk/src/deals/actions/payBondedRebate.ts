import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import { dealAction } from "./dealAction.js";
import { eitherWay, type RebatePayment } from "./RebatePayment.js";
import { offerToAbi } from "./toAbi.js";

/** The parameters of {@link payBondedRebate}. */
export type PayBondedRebateParameters = { readonly offer: Offer; readonly buyer: Address };

/** Pays a rebate that is reserved in the offer's bond, from the rebate moment on. Pure. */
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
