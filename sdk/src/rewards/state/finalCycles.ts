import type { CycleTerms } from "./cycleTimes.js";

/**
 * How many cycles are final at a time: the first cycle that is not. Pure.
 *
 * @param time Unix seconds
 *
 * @example
 * import { finalCycles } from "@guildhall/sdk";
 * const terms = { start: 1_000, cycleLength: 100, publishWindow: 20, disputeWindow: 10, actionWindow: 50 };
 * assert.deepEqual([1_129, 1_130, 1_230].map((time) => finalCycles(terms, time)), [0, 1, 2]);
 */
export function finalCycles(terms: CycleTerms, time: number): number {
  const elapsed = time - terms.start - terms.publishWindow - terms.disputeWindow;
  return elapsed < 0 ? 0 : Math.floor(elapsed / terms.cycleLength);
}
