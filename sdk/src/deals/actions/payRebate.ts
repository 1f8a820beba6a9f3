import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../documents/Hex.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import { dealAction } from "./dealAction.js";
import { eitherWay, type RebatePayment } from "./RebatePayment.js";
import { dealToAbi } from "./toAbi.js";

/** The parameters of {@link payRebate}. */
export type PayRebateParameters = { readonly deal: ReferredSale };

/** Pays a rebate that was held back from the price, from the rebate moment on. Pure. */
export function payRebate(contract: Address, { deal }: PayRebateParameters): ContractAction<RebatePayment> {
  const call = { contract, method: "payRebate", args: [dealToAbi(deal)] } as const;
  const match = { referralId: referralIdOf(deal) };
  return eitherWay(
    dealAction({ ...call, event: "RebatePaid", match }),
    dealAction({ ...call, event: "RebateReturned", match }),
  );
}
