import type { Roster } from "./Roster.js";

/** What a verifier's committee approves: its own roster of a cycle. */
export type Verdict = {
  readonly committeeId: string;
  readonly epoch: number;
  readonly poolId: string;
  readonly cycle: number;
  /** Counts up with each verdict of one pool and cycle, from 1. */
  readonly revision: number;
  readonly roster: Roster;
};
