import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { rewardAction } from "./rewardAction.js";
import { findEvent } from "../../core/transactions/findEvent.js";

/** The parameters of {@link claim}. */
export type ClaimParameters = {
  readonly poolId: string;
  readonly userId: string;
};

/**
 * Pays what a user is owed to the bound account: anyone. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const action = rewardActions.claim(contract, { poolId, userId: `0x${"22".repeat(32)}` });
 * assert.equal(action.name, "claim");
 */
export function claim(
  contract: string,
  { poolId, userId }: ClaimParameters,
): ContractAction<RewardEventArgs<"Claimed">> {
  return rewardAction({
    contract,
    method: "claim",
    args: [poolId, userId],
    event: "Claimed",
    read: (events) => findEvent(events, "Claimed", { poolId, userId }),
  });
}
