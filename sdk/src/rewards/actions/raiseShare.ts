import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { rewardAction } from "./rewardAction.js";
import { findEvent } from "../../core/transactions/findEvent.js";

/** The parameters of {@link raiseShare}. */
export type RaiseShareParameters = {
  readonly poolId: string;
  /** Of the profit, for each unit, as a fraction of 1e18. */
  readonly share: bigint;
};

/**
 * Raises the share of each unit, for all reports to come: the operator. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const action = rewardActions.raiseShare(contract, { poolId, share: 10n ** 15n });
 * assert.equal(action.name, "raiseShare");
 */
export function raiseShare(
  contract: string,
  { poolId, share }: RaiseShareParameters,
): ContractAction<RewardEventArgs<"ShareRaised">> {
  return rewardAction({
    contract,
    method: "raiseShare",
    args: [poolId, share],
    event: "ShareRaised",
    read: (events) => findEvent(events, "ShareRaised", { poolId }),
  });
}
