import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { rewardAction } from "./rewardAction.js";
import { findEvent } from "../../core/transactions/findEvent.js";

/** The parameters of {@link closePool}. */
export type ClosePoolParameters = {
  readonly poolId: string;
};

/**
 * Closes a pool for good, after its last cycle has acted and all profit is deposited: the operator. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const action = rewardActions.closePool(contract, { poolId });
 * assert.equal(action.name, "closePool");
 */
export function closePool(
  contract: string,
  { poolId }: ClosePoolParameters,
): ContractAction<RewardEventArgs<"PoolClosed">> {
  return rewardAction({
    contract,
    method: "closePool",
    args: [poolId],
    event: "PoolClosed",
    read: (events) => findEvent(events, "PoolClosed", { poolId }),
  });
}
