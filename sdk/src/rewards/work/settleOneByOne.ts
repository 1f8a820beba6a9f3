import { isRevert } from "../../core/errors/isRevert.js";
import { sendAction } from "../../core/transactions/sendAction.js";
import type { SettleOutcome } from "../actions/SettleOutcome.js";
import { settleWithProofs } from "../actions/settleWithProofs.js";
import type { UserAccount } from "../documents/Bindings.js";
import type { Refusal } from "../state/names.js";
import type { ProofSource } from "./ProofSource.js";
import type { RewardsAccess } from "./RewardsAccess.js";

/** Whom to settle by two proofs each. */
export type SettleOneByOneParameters = {
  readonly poolId: string;
  readonly cycle: number;
  readonly users: Iterable<UserAccount>;
  readonly proofs: ProofSource;
  readonly verdictProofs: ProofSource;
};

/** What one call did; it was not sent where the contract would have refused it. */
export type SettledAlone = {
  readonly outcome: SettleOutcome;
  readonly transaction: string | undefined;
  readonly gasUsed: bigint;
};

/** The contract's errors that are about one user, as a batch would name them. */
const refusalOf: Readonly<Record<string, Refusal>> = {
  RewardPoolNotBound: "NOT_BOUND",
  RewardPoolTooEarly: "NOT_FINAL",
  RewardPoolTooLate: "WINDOW_OVER",
  RewardPoolAlreadySettled: "ALREADY_SETTLED",
  RewardPoolEarlierCycleOpen: "EARLIER_CYCLE_OPEN",
  RewardPoolExhausted: "POOL_EXHAUSTED",
};

/** Settles users by a proof for each list, one transaction each: the contract has no batch of users on whom the lists differ. */
export async function* settleOneByOne(
  { context, address }: RewardsAccess,
  { poolId, cycle, users, proofs, verdictProofs }: SettleOneByOneParameters,
): AsyncGenerator<SettledAlone, void, void> {
  for (const { userId, account } of users) {
    const [roster, verdict] = await Promise.all([proofs.proofOf(userId), verdictProofs.proofOf(userId)]);
    let done: SettledAlone;
    try {
      const action = settleWithProofs(address, { poolId, userId, account, cycle, roster, verdict });
      const sent = await sendAction(context, action);
      const outcome = await sent.wait();
      const { gasUsed, hash } = await sent.receipt();
      done = { outcome, transaction: hash, gasUsed };
    } catch (error) {
      const refusal = isRevert(error) ? refusalOf[error.name] : undefined;
      if (refusal === undefined) throw error;
      done = { outcome: { userId, settled: false, refusal }, transaction: undefined, gasUsed: 0n };
    }
    yield done;
  }
}
