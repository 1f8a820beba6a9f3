import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { rewardAction } from "./rewardAction.js";
import { findEvent } from "../../core/transactions/findEvent.js";

/** The parameters of {@link announceEnd}. */
export type AnnounceEndParameters = {
  readonly poolId: string;
};

/**
 * Announces that the present cycle is the last one: the operator. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const action = rewardActions.announceEnd(contract, { poolId });
 * assert.equal(action.name, "announceEnd");
 */
export function announceEnd(
  contract: string,
  { poolId }: AnnounceEndParameters,
): ContractAction<RewardEventArgs<"EndAnnounced">> {
  return rewardAction({
    contract,
    method: "announceEnd",
    args: [poolId],
    event: "EndAnnounced",
    read: (events) => findEvent(events, "EndAnnounced", { poolId }),
  });
}
