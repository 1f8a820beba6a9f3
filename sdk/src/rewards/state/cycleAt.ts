import type { CycleTerms } from "./cycleTimes.js";

/**
 * The cycle that runs at a time; undefined before the first. Pure. An announced end is not looked at.
 *
 * @param time Unix seconds
 *
 * @example
 * import { cycleAt } from "@guildhall/sdk";
 * const terms = { start: 1_000, cycleLength: 100 };
 * assert.deepEqual([999, 1_000, 1_199].map((time) => cycleAt(terms, time)), [undefined, 0, 1]);
 */
export function cycleAt(terms: Pick<CycleTerms, "start" | "cycleLength">, time: number): number | undefined {
  return time < terms.start ? undefined : Math.floor((time - terms.start) / terms.cycleLength);
}
