import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Roster } from "../documents/Roster.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { rewardAction } from "./rewardAction.js";
import { findEvent } from "../../core/transactions/findEvent.js";
import { rosterToAbi } from "./toAbi.js";

/** A verifier's approval of a verdict. */
export type VerdictApproval = {
  /** Of the committee. */
  readonly epoch: number;
  /** Counts up with each verdict of one pool and cycle, from 1. */
  readonly revision: number;
  readonly approval: string;
};

/** The parameters of {@link publish}. */
export type PublishParameters = {
  readonly poolId: string;
  readonly cycle: number;
  readonly roster: Roster;
  /** BITMAP: the chunks in the chunk store, in order. */
  readonly chunkHashes?: readonly string[];
  /** Left out where the operator publishes, who then is the sender. */
  readonly verdict?: VerdictApproval;
};

/**
 * Publishes or corrects what one source says of a cycle: the operator, or anyone with the verifier's approval. Pure.
 *
 * @example
 * import { type Roster, rewardActions } from "@guildhall/sdk";
 * const id = `0x${"11".repeat(32)}`;
 * const roster: Roster = { root: id, count: 2, eligible: 1, contentHash: id, evidenceUri: "", noneEligible: false };
 * assert.equal(rewardActions.publish(contract, { poolId: id, cycle: 0, roster }).name, "publish");
 */
export function publish(
  contract: string,
  { poolId, cycle, roster, chunkHashes = [], verdict }: PublishParameters,
): ContractAction<RewardEventArgs<"RosterPublished">> {
  const { epoch, revision, approval } = verdict ?? { epoch: 0, revision: 0, approval: "0x" };
  const source = verdict === undefined ? "OPERATOR" : "VERIFIER";
  return rewardAction({
    contract,
    method: "publish",
    args: [
      poolId,
      BigInt(cycle),
      rosterToAbi(roster),
      chunkHashes,
      { epoch: BigInt(epoch), revision: BigInt(revision), approval },
    ],
    event: "RosterPublished",
    read: (events) => findEvent(events, "RosterPublished", { poolId, cycle, source }),
  });
}
