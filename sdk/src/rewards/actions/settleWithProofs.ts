import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { ProvenAnswer } from "../work/ProofSource.js";
import { rewardAction } from "./rewardAction.js";
import { settledOf, type SettledUser } from "./SettleOutcome.js";

/** The parameters of {@link settleWithProofs}. */
export type SettleWithProofsParameters = {
  readonly poolId: string;
  readonly userId: string;
  /** The account that is bound to the user id. */
  readonly account: string;
  readonly cycle: number;
  readonly roster: ProvenAnswer;
  readonly verdict: ProvenAnswer;
};

/**
 * Settles one cycle of a user by a proof for each list (ROOT, in mode BOTH): anyone. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const userId = `0x${"22".repeat(32)}`;
 * const action = rewardActions.settleWithProofs(contract, {
 *   poolId,
 *   userId,
 *   account: wallet.address,
 *   cycle: 0,
 *   roster: { eligible: true, proof: [poolId] },
 *   verdict: { eligible: true, proof: [poolId] },
 * });
 * assert.equal(action.name, "settleWithProofs");
 */
export function settleWithProofs(
  contract: string,
  { poolId, userId, account, cycle, roster, verdict }: SettleWithProofsParameters,
): ContractAction<SettledUser> {
  return rewardAction({
    contract,
    method: "settleWithProofs",
    args: [poolId, userId, account, BigInt(cycle), roster, verdict],
    event: "Settled",
    read: (events) => settledOf(events, contract, poolId, userId),
  });
}
