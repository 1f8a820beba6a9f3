import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import type { EvidenceSource } from "../state/names.js";
import { rewardAction } from "./rewardAction.js";
import { findEvent } from "../../core/transactions/findEvent.js";
import { sourceToAbi } from "./toAbi.js";

/** The parameters of {@link voidRoot}. */
export type VoidRootParameters = {
  readonly poolId: string;
  readonly cycle: number;
  readonly source: EvidenceSource;
  readonly userId: string;
  readonly yesProof: readonly string[];
  readonly noProof: readonly string[];
};

/**
 * Throws out a root that says both yes and no of one user, before it is final: anyone. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const action = rewardActions.voidRoot(contract, {
 *   poolId,
 *   cycle: 0,
 *   source: "OPERATOR",
 *   userId: `0x${"22".repeat(32)}`,
 *   yesProof: [poolId],
 *   noProof: [poolId],
 * });
 * assert.equal(action.name, "voidRoot");
 */
export function voidRoot(
  contract: string,
  { poolId, cycle, source, userId, yesProof, noProof }: VoidRootParameters,
): ContractAction<RewardEventArgs<"RosterVoided">> {
  return rewardAction({
    contract,
    method: "voidRoot",
    args: [poolId, BigInt(cycle), sourceToAbi(source), userId, yesProof, noProof],
    event: "RosterVoided",
    read: (events) => findEvent(events, "RosterVoided", { poolId, cycle, source }),
  });
}
