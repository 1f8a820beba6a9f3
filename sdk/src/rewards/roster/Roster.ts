import type { Hex } from "../../core/documents/Hex.js";

/** Which cycle of which pool a roster is of. */
export type RosterPlace = {
  readonly poolId: Hex;
  readonly cycle: number;
};

/** A roster's figures, as they are published. Those of a bitmap have a root of zero. */
export type RosterFigures = RosterPlace & {
  readonly root: Hex;
  /** Users in it, eligible or not. */
  readonly count: number;
  /** How many of them are eligible. */
  readonly eligible: number;
  readonly contentHash: Hex;
};

/** What a roster says of one user. */
export type RosterEntry = {
  readonly userId: Hex;
  readonly eligible: boolean;
};

/** A user bound to a pool, as the event `Bound` names him. */
export type BoundUser = {
  readonly userId: Hex;
  /** His bit in a bitmap. */
  readonly index: number;
};
