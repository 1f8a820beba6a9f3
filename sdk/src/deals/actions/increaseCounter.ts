import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Address } from "../../core/documents/Hex.js";
import type { DealEventArgs } from "../logs/dealEvents.js";
import { dealAction } from "./dealAction.js";

/**
 * Cancels all offers that the sender signed under its present counter, but for uses already lodged. Pure.
 *
 * @example
 * import { dealActions } from "@guildhall/sdk";
 * const action = dealActions.increaseCounter(contract);
 * assert.equal(action.to, contract);
 */
export function increaseCounter(contract: Address): ContractAction<DealEventArgs<"CounterIncreased">> {
  return dealAction({ contract, method: "increaseCounter", args: [], event: "CounterIncreased", match: {} });
}
