import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { rewardAction } from "./rewardAction.js";
import { findEvent } from "../../core/transactions/findEvent.js";

/** The parameters of {@link topUp}. */
export type TopUpParameters = {
  readonly poolId: string;
  readonly units: bigint;
};

/**
 * Adds units to a pool: its operator. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const action = rewardActions.topUp(contract, { poolId, units: 100n });
 * assert.equal(action.name, "topUp");
 */
export function topUp(
  contract: string,
  { poolId, units }: TopUpParameters,
): ContractAction<RewardEventArgs<"ToppedUp">> {
  return rewardAction({
    contract,
    method: "topUp",
    args: [poolId, units],
    event: "ToppedUp",
    read: (events) => findEvent(events, "ToppedUp", { poolId }),
  });
}
