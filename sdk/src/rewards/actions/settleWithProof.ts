import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { rewardAction } from "./rewardAction.js";
import { settledOf, type SettledUser } from "./SettleOutcome.js";

/** The parameters of {@link settleWithProof}. */
export type SettleWithProofParameters = {
  readonly poolId: string;
  readonly userId: string;
  /** The account that is bound to the user id. */
  readonly account: string;
  readonly cycle: number;
  readonly eligible: boolean;
  readonly proof: readonly string[];
};

/**
 * Settles one cycle of a user by a proof (ROOT, in the modes ROSTER and VERIFIER): anyone. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const userId = `0x${"22".repeat(32)}`;
 * const action = rewardActions.settleWithProof(contract, {
 *   poolId,
 *   userId,
 *   account: wallet.address,
 *   cycle: 0,
 *   eligible: true,
 *   proof: [poolId],
 * });
 * assert.equal(action.name, "settleWithProof");
 */
export function settleWithProof(
  contract: string,
  { poolId, userId, account, cycle, eligible, proof }: SettleWithProofParameters,
): ContractAction<SettledUser> {
  return rewardAction({
    contract,
    method: "settleWithProof",
    args: [poolId, userId, account, BigInt(cycle), eligible, proof],
    event: "Settled",
    read: (events) => settledOf(events, contract, poolId, userId),
  });
}
