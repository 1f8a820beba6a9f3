import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
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

/**
 * Lodges a complete rebate promise before its rebate moment. Pure.
 *
 * @example
 * import { dealActions } from "@guildhall/sdk";
 * const rebatePromise = {
 *   offerId: `0x${"11".repeat(32)}`,
 *   merchant: `0x${"22".repeat(20)}`,
 *   customer: `0x${"33".repeat(20)}`,
 *   rebate: 50n,
 *   rebateMoment: 1_900_000_000,
 * };
 * const buyer = `0x${"44".repeat(20)}`;
 * const signature = `0x${"77".repeat(65)}`; // of the one who signs
 * const signatures = { merchantSignature: signature, buyerSignature: signature, customerSignature: signature };
 * const action = dealActions.lodgePromise(contract, { rebatePromise, buyer, ...signatures });
 * assert.equal(action.name, "lodgePromise");
 */
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
