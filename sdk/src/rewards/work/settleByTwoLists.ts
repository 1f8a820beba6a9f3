import type { SettleOutcome } from "../actions/SettleOutcome.js";
import { settleBatchWithProofs } from "../actions/settleBatchWithProofs.js";
import type { UserAccount } from "../documents/Bindings.js";
import { RewardError } from "../RewardError.js";
import type { ProofSource } from "./ProofSource.js";
import { proveTogether } from "./proveTogether.js";
import type { RewardsAccess } from "./RewardsAccess.js";
import { sendBatches } from "./sendBatches.js";
import { settleOneByOne } from "./settleOneByOne.js";

/** Whom to settle by roster and verdict. */
export type SettleByTwoListsParameters = {
  readonly poolId: string;
  readonly cycle: number;
  /** Each is in both lists. */
  readonly users: AsyncIterable<UserAccount>;
  readonly proofs: ProofSource;
  readonly verdictProofs: ProofSource;
  readonly batchSize?: number | undefined;
};

/** What one transaction did, or would have done where the contract refuses it. */
export type SettledByTwoLists = {
  readonly outcomes: readonly SettleOutcome[];
  readonly transaction: string | undefined;
  readonly gasUsed: bigint;
};

/** Users of whom both lists say the same go in batches; the contract takes the others one by one. */
export async function* settleByTwoLists(
  access: RewardsAccess,
  { poolId, cycle, users, proofs, verdictProofs, batchSize }: SettleByTwoListsParameters,
): AsyncGenerator<SettledByTwoLists, void, void> {
  let differing: UserAccount[] = [];
  async function* agreed(): AsyncGenerator<UserAccount, void, void> {
    for await (const user of users) {
      const [roster, verdict] = await Promise.all([proofs.proofOf(user.userId), verdictProofs.proofOf(user.userId)]);
      if (roster.eligible === verdict.eligible) yield user;
      else differing.push(user);
    }
  }
  async function* takeDiffering(): AsyncGenerator<SettledByTwoLists, void, void> {
    const taken = differing;
    differing = [];
    for await (const { outcome, ...sent } of settleOneByOne(access, {
      poolId,
      cycle,
      users: taken,
      proofs,
      verdictProofs,
    })) {
      yield { outcomes: [outcome], ...sent };
    }
  }
  const action = async (batch: readonly UserAccount[]) => {
    const [roster, verdict] = await Promise.all([proveTogether(proofs, batch), proveTogether(verdictProofs, batch)]);
    requireSameOrder(roster.users, verdict.users);
    return settleBatchWithProofs(access.address, { poolId, cycle, users: roster.users, roster, verdict });
  };

  const { context } = access;
  for await (const { result, receipt } of sendBatches({ context, items: agreed(), action, batchSize })) {
    yield { outcomes: result, transaction: receipt.hash, gasUsed: receipt.gasUsed };
    yield* takeDiffering();
  }
  yield* takeDiffering();
}

/** Trees whose leaves are sorted have the leaves of the same users in the same order. */
function requireSameOrder(roster: readonly UserAccount[], verdict: readonly UserAccount[]): void {
  const at = roster.findIndex(({ userId }, i) => userId.toLowerCase() !== verdict[i]?.userId.toLowerCase());
  if (at === -1 && roster.length === verdict.length) return;
  throw new RewardError({
    code: "REWARD_PROOFS_DIFFER",
    args: { roster: roster[at]?.userId, verdict: verdict[at]?.userId },
    what: "Roster and verdict do not prove the same users in the same order.",
    advice: "Build both as trees with sorted leaves, or settle with `batchSize: 1`.",
  });
}
