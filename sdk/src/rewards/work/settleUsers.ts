import { readContract } from "../../core/reads/readContract.js";
import type { SettleOutcome } from "../actions/SettleOutcome.js";
import { settleBatch } from "../actions/settleBatch.js";
import { settleBatchWithProof } from "../actions/settleBatchWithProof.js";
import type { UserAccount } from "../documents/Bindings.js";
import { RewardError } from "../RewardError.js";
import { cycleTimes } from "../state/cycleTimes.js";
import { finalCycles } from "../state/finalCycles.js";
import type { Member } from "../state/Member.js";
import type { Pool } from "../state/Pool.js";
import { readMember } from "../state/readMember.js";
import { readPool } from "../state/readPool.js";
import { inWindows } from "./inWindows.js";
import type { ProofSource } from "./ProofSource.js";
import { proveTogether } from "./proveTogether.js";
import { READ_WINDOW, type RewardsAccess } from "./RewardsAccess.js";
import { sendBatches } from "./sendBatches.js";
import { settleByTwoLists } from "./settleByTwoLists.js";
import type { SettleReport, SettleStep } from "./SettleStep.js";

/** Whom to settle, and by what. */
export type SettleUsersParameters = {
  readonly poolId: string;
  /** Each with the account that is bound to it. Each once: a user that stands twice is settled once and then `already`. */
  readonly users: AsyncIterable<UserAccount> | Iterable<UserAccount>;
  /** BITMAP and INDICATOR: the first cycle not to take; all that are final by default. */
  readonly untilCycle?: number;
  /** ROOT: the cycle that the proofs are of. */
  readonly cycle?: number;
  /** ROOT: proofs of the roster, or in mode VERIFIER of the verdict. */
  readonly proofs?: ProofSource;
  /** ROOT in mode BOTH: proofs of the verdict. */
  readonly verdictProofs?: ProofSource;
  /** The most users of one transaction; as many as its gas allows by default. */
  readonly batchSize?: number;
};

/** A user, as the chain and the lists know him before he is settled. */
type Seen = { readonly user: UserAccount; readonly report: SettleReport | undefined };

/** Settles users in batches. See {@link RewardsClient.settleUsers}. */
export async function* settleUsers(
  access: RewardsAccess,
  parameters: SettleUsersParameters,
): AsyncGenerator<SettleStep, void, void> {
  const { context, address, reader } = access;
  const { poolId, users, proofs, verdictProofs, batchSize } = parameters;
  const pool = await readPool(access, poolId);
  const now = Number(await context.clock());
  const proven = pool.form === "ROOT" && pool.mode !== "INDICATOR";
  const target = proven ? requireProvable(pool, parameters, now) + 1 : requireFinal(pool, parameters, now);
  const lists = [proofs, verdictProofs].filter((list) => list !== undefined);

  const look = async (user: UserAccount): Promise<Seen> => {
    const member = await readMember(access, poolId, user.userId);
    const report = reportOf(user, member, target);
    if (report !== undefined || member === undefined) return { user, report };
    for (const list of lists) {
      if (!(await list.has(user.userId))) return { user, report: { userId: user.userId, status: "unlisted" } };
    }
    if (pool.mode !== "INDICATOR") return { user, report: undefined };
    const [, next] = await readContract(context, address, reader.holdingOf, poolId, user.userId, target);
    const nothing = Number(next) === member.nextCycle;
    return { user, report: nothing ? { userId: user.userId, status: "refused", refusal: "NOT_FINAL" } : undefined };
  };

  let known: SettleReport[] = [];
  async function* open(): AsyncGenerator<UserAccount, void, void> {
    for await (const window of inWindows(users, READ_WINDOW)) {
      for (const { user, report } of await Promise.all(window.map(look))) {
        if (report === undefined) yield user;
        else known.push(report);
      }
    }
  }
  const takeKnown = () => {
    const taken = known;
    known = [];
    return taken;
  };

  // Who was settled since he was looked at, by a transaction of an earlier run or of somebody else, was not refused.
  const toReport = async (outcome: SettleOutcome): Promise<SettleReport> => {
    const { userId } = outcome;
    if (outcome.settled) return { userId, status: "settled", nextCycle: outcome.nextCycle, units: outcome.units };
    const { refusal } = outcome;
    const mayBeDone = refusal === "ALREADY_SETTLED" || refusal === "NOT_FINAL";
    const member = mayBeDone ? await readMember(access, poolId, userId) : undefined;
    if (member !== undefined && member.nextCycle >= target) {
      return { userId, status: "already", nextCycle: member.nextCycle };
    }
    return { userId, status: "refused", refusal };
  };

  if (proven && pool.mode === "BOTH" && proofs !== undefined && verdictProofs !== undefined) {
    const lists = { proofs, verdictProofs, batchSize };
    const steps = settleByTwoLists(access, { poolId, cycle: target - 1, users: open(), ...lists });
    for await (const { outcomes, transaction, gasUsed } of steps) {
      const reports = await Promise.all(outcomes.map(toReport));
      yield { reports: [...takeKnown(), ...reports], transaction, gasUsed };
    }
  } else {
    const action = async (batch: readonly UserAccount[]) => {
      if (!proven || proofs === undefined) return settleBatch(address, { poolId, users: batch, untilCycle: target });
      return settleBatchWithProof(address, { poolId, cycle: target - 1, ...(await proveTogether(proofs, batch)) });
    };
    for await (const { result, receipt } of sendBatches({ context, items: open(), action, batchSize })) {
      const reports = await Promise.all(result.map(toReport));
      yield { reports: [...takeKnown(), ...reports], transaction: receipt.hash, gasUsed: receipt.gasUsed };
    }
  }
  const rest = takeKnown();
  if (rest.length > 0) yield { reports: rest, transaction: undefined, gasUsed: 0n };
}

/** What is known of a user without sending anything. */
function reportOf({ userId, account }: UserAccount, member: Member | undefined, target: number) {
  if (member === undefined || member.account.toLowerCase() !== account.toLowerCase()) {
    return { userId, status: "refused", refusal: "NOT_BOUND" } as const;
  }
  const { nextCycle } = member;
  return nextCycle >= target ? ({ userId, status: "already", nextCycle } as const) : undefined;
}

/** The first cycle not to take from evidence on chain. */
function requireFinal(
  pool: Pool,
  { untilCycle = Infinity, cycle, proofs }: SettleUsersParameters,
  now: number,
): number {
  if (cycle !== undefined || proofs !== undefined) throw wrongForm(pool, "its evidence is on chain: name `untilCycle`");
  const target = Math.min(untilCycle, finalCycles(pool, now));
  if (target > 0) return target;
  throw notFinal(pool, 0, now);
}

/** The cycle that proofs can settle now. */
function requireProvable(pool: Pool, parameters: SettleUsersParameters, now: number): number {
  const { cycle, untilCycle, proofs, verdictProofs } = parameters;
  if (cycle === undefined || untilCycle !== undefined) throw wrongForm(pool, "it settles by proofs: name `cycle`");
  const { finalFrom, actionUntil } = cycleTimes(pool, cycle);
  if (now < finalFrom) throw notFinal(pool, cycle, now);
  if (now >= actionUntil) {
    throw new RewardError({
      code: "REWARD_WINDOW_OVER",
      args: { cycle, before: actionUntil, now },
      what: `Cycle ${cycle} could be settled before ${actionUntil}, and it is ${now}.`,
      advice: "Nothing is left to do: it counts as a cycle without evidence. Settle the later ones.",
    });
  }
  if (proofs !== undefined && (pool.mode !== "BOTH" || verdictProofs !== undefined)) return cycle;
  throw new RewardError({
    code: "REWARD_PROOFS_MISSING",
    args: { mode: pool.mode },
    what: `The pool settles by proofs in mode ${pool.mode}, and not all of them can be had.`,
    advice: "Pass `proofs`, and in mode BOTH `verdictProofs`: open the published lists.",
  });
}

function wrongForm({ poolId, mode, form }: Pool, reason: string): RewardError {
  return new RewardError({
    code: "REWARD_WRONG_FORM",
    args: { poolId, mode, form },
    what: `The pool has the mode ${mode} and the form ${form}, and ${reason}.`,
    advice: "Pass what this pool settles by.",
  });
}

function notFinal(pool: Pool, cycle: number, now: number): RewardError {
  const { finalFrom } = cycleTimes(pool, cycle);
  return new RewardError({
    code: "REWARD_NOT_FINAL",
    args: { cycle, from: finalFrom, now },
    what: `Cycle ${cycle} is final from ${finalFrom} on, and it is ${now}.`,
    advice: "Wait until then.",
  });
}
