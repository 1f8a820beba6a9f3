import type { Pool } from "./Pool.js";

/** What of a pool tells its times. */
export type CycleTerms = Pick<Pool, "start" | "cycleLength" | "publishWindow" | "disputeWindow" | "actionWindow">;

/** The times of one cycle, in Unix seconds. */
export type CycleTimes = {
  readonly start: number;
  /** From here on evidence can be published and profit reported. */
  readonly end: number;
  /** Before this moment evidence can be published; what was can be corrected until it is final. */
  readonly publishUntil: number;
  /** From here on the evidence is final and can be settled. */
  readonly finalFrom: number;
  /** Before this moment a proof acts (ROOT). With BITMAP nothing expires. */
  readonly actionUntil: number;
};

/**
 * The times of a pool's cycle. Pure.
 *
 * @example
 * import { cycleTimes } from "@guildhall/sdk";
 * const terms = { start: 1_000, cycleLength: 100, publishWindow: 20, disputeWindow: 10, actionWindow: 50 };
 * const times = { start: 1_000, end: 1_100, publishUntil: 1_120, finalFrom: 1_130, actionUntil: 1_180 };
 * assert.deepEqual(cycleTimes(terms, 0), times);
 */
export function cycleTimes(terms: CycleTerms, cycle: number): CycleTimes {
  const start = terms.start + cycle * terms.cycleLength;
  const end = start + terms.cycleLength;
  const publishUntil = end + terms.publishWindow;
  const finalFrom = publishUntil + terms.disputeWindow;
  return { start, end, publishUntil, finalFrom, actionUntil: finalFrom + terms.actionWindow };
}
