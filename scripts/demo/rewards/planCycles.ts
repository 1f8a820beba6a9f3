import type { CycleTerms } from "../../../sdk/src/index.js";

/** What the chain is like. */
export type PlanCyclesParameters = {
  /** The chain's time: Unix seconds. */
  readonly now: number;
  /** Whether its clock is set; else all is waited for. */
  readonly set: boolean;
  /** Seconds between its blocks. */
  readonly interval: number;
};

/** The shortest cycle that the contract allows, in seconds. */
const SHORTEST = 60;

/** Blocks of the binding of all couriers, and of what follows on a cycle before the next one ends. */
const BLOCKS = 20;

/** Blocks of publishing a roster. */
const BLOCKS_OF_ROSTER = 5;

/** When the cycles of all pools are: of an hour where the clock is set, else as short as can be. */
export function planCycles({ now, set, interval }: PlanCyclesParameters): CycleTerms {
  if (set) return { start: now + 300, cycleLength: 3_600, publishWindow: 600, disputeWindow: 600, actionWindow: 3_600 };
  const cycleLength = Math.max(SHORTEST, BLOCKS * interval);
  const window = 15 + BLOCKS_OF_ROSTER * interval;
  return {
    start: now + 30 + BLOCKS_OF_ROSTER * interval,
    cycleLength,
    publishWindow: window,
    disputeWindow: window,
    // A proof acts as long as any cycle runs.
    actionWindow: 10 * cycleLength,
  };
}
