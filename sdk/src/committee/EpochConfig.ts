import type { GroupKeyPoint } from "../frost/GroupKeyPoint.js";

/** What a new epoch is made of. */
export type EpochConfig = {
  /** 1 to 255 distinct accounts. A member's index is its place here; ascending accounts cost the least gas. */
  readonly members: readonly string[];
  /** 1 to the number of members. */
  readonly threshold: number;
  /** The group key the members mean to confirm; left out for none. */
  readonly groupKey?: GroupKeyPoint;
};

/** The registry's way to say "no key". */
export const NO_GROUP_KEY: GroupKeyPoint = { x: 0n, y: 0n };
