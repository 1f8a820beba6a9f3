import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../documents/Hex.js";
import type { RebatePromise } from "../documents/RebatePromise.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";
import { promiseToAbi } from "./toAbi.js";

/** The parameters of {@link lodgePromise}. */
export type LodgePromiseParameters = {
  readonly rebatePromise: RebatePromise;
  readonly buyer: Address;
  /** Of `MerchantPromiseEndorsement`. */
  readonly merchantSignature: Hex;
  /** Of `BuyerPromiseEndorsement`. */
  readonly buyerSignature: Hex;
  /** Of `CustomerPromiseEndorsement`. */
  readonly customerSignature: Hex;
};

/** Lodges a complete rebate promise before its rebate moment. Pure. */
export function lodgePromise(
  contract: Address,
  { rebatePromise, buyer, merchantSignature, buyerSignature, customerSignature }: LodgePromiseParameters,
): ContractAction<DealEventArgs<"PromiseLodged">> {
  return dealAction({
    contract,
    method: "lodgePromise",
    args: [promiseToAbi(rebatePromise), buyer, merchantSignature, buyerSignature, customerSignature],
    event: "PromiseLodged",
    match: { referralId: referralIdOf({ ...rebatePromise, buyer }) },
  });
}
