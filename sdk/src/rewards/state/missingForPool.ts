import { cycleTimes } from "./cycleTimes.js";
import type { EvidenceSource } from "./names.js";
import type { Pool } from "./Pool.js";
import { profitDeposit } from "./profitDeposit.js";

/** What someone is about to do with a pool. */
export type PoolStep =
  | {
      readonly call: "publish";
      readonly cycle: number;
      readonly source: EvidenceSource;
      /** Whether something stands for this cycle and source, or was thrown out, so that this corrects it. */
      readonly published: boolean;
    }
  | {
      readonly call: "reportProfit";
      readonly cycle: number;
      /** Base units. */
      readonly profit: bigint;
      /** Of the profit token: what the operator holds and allows the contract. */
      readonly funds: { readonly balance: bigint; readonly allowance: bigint };
    }
  | { readonly call: "closePool" }
  /** By a proof of one cycle; what needs no proof never expires. */
  | { readonly call: "settleWithProof"; readonly cycle: number };

/** What is missing before a call to a pool can succeed. */
export type MissingForPool =
  /** It is too early: the call can succeed from this moment on. */
  | { readonly kind: "time"; readonly from: number; readonly now: number }
  /** It is too late: the call had to come before this moment. */
  | { readonly kind: "late"; readonly before: number; readonly now: number }
  | { readonly kind: "closed" }
  /** The end was announced, and this cycle will not be. */
  | { readonly kind: "ended"; readonly endCycle: number }
  /** The end must be announced first. */
  | { readonly kind: "end" }
  /** The mode does not ask this source. */
  | { readonly kind: "source" }
  /** Profit must be reported for this cycle first. */
  | { readonly kind: "report"; readonly cycle: number }
  /** The call was made already. */
  | { readonly kind: "done" }
  | { readonly kind: "balance"; readonly account: string; readonly short: bigint }
  | { readonly kind: "allowance"; readonly account: string; readonly short: bigint };

/**
 * What is missing before a call to a pool can succeed, by the pool as it stands; nothing where nothing is. Pure. Who may call
 * is not looked at.
 *
 * @param now Unix seconds
 *
 * @example
 * import { missingForPool, type Pool } from "@guildhall/sdk";
 * const times = { start: 1_000, cycleLength: 100, publishWindow: 20, disputeWindow: 10, actionWindow: 50 };
 * const pool = { ...times, mode: "ROSTER", closed: false } as Pool;
 * const step = { call: "publish", cycle: 0, source: "OPERATOR", published: false } as const;
 * assert.deepEqual(missingForPool(pool, step, 1_050), [{ kind: "time", from: 1_100, now: 1_050 }]);
 */
export function missingForPool(pool: Pool, step: PoolStep, now: number): readonly MissingForPool[] {
  if (pool.closed) return [{ kind: "closed" }];
  switch (step.call) {
    case "publish": {
      const { end, publishUntil, finalFrom } = cycleTimes(pool, step.cycle);
      const asked = pool.mode === "BOTH" || pool.mode === (step.source === "OPERATOR" ? "ROSTER" : "VERIFIER");
      const before = step.published ? finalFrom : publishUntil;
      return [...(asked ? [] : [{ kind: "source" } as const]), ...ended(pool, step.cycle), ...within(end, before, now)];
    }
    case "settleWithProof": {
      const { finalFrom, actionUntil } = cycleTimes(pool, step.cycle);
      return within(finalFrom, actionUntil, now);
    }
    case "reportProfit":
      return missingForReport(pool, step, now);
    case "closePool":
      return missingForClosing(pool, now);
  }
}

function missingForReport(
  pool: Pool,
  { cycle, profit, funds }: Extract<PoolStep, { readonly call: "reportProfit" }>,
  now: number,
): readonly MissingForPool[] {
  if (cycle < pool.reportCount) return [{ kind: "done" }];
  const account = pool.operator;
  const { deposit } = profitDeposit(pool, profit);
  const short = (kind: "balance" | "allowance"): readonly MissingForPool[] =>
    funds[kind] < deposit ? [{ kind, account, short: deposit - funds[kind] }] : [];
  return [
    ...ended(pool, cycle),
    ...(cycle > pool.reportCount ? [{ kind: "report", cycle: pool.reportCount } as const] : []),
    ...within(cycleTimes(pool, cycle).end, Infinity, now),
    ...short("balance"),
    ...short("allowance"),
  ];
}

function missingForClosing(pool: Pool, now: number): readonly MissingForPool[] {
  const { endCycle, reportCount } = pool;
  if (endCycle === undefined) return [{ kind: "end" }];
  return [
    ...within(cycleTimes(pool, endCycle - 1).actionUntil, Infinity, now),
    ...(reportCount < endCycle ? [{ kind: "report", cycle: reportCount } as const] : []),
  ];
}

function ended({ endCycle }: Pool, cycle: number): readonly MissingForPool[] {
  return endCycle !== undefined && cycle >= endCycle ? [{ kind: "ended", endCycle }] : [];
}

function within(from: number, before: number, now: number): readonly MissingForPool[] {
  if (now < from) return [{ kind: "time", from, now }];
  return now >= before ? [{ kind: "late", before, now }] : [];
}
