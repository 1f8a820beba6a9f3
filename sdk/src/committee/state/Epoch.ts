import type { GroupKeyPoint } from "../../frost/GroupKeyPoint.js";

/** What is known of an epoch: all that checking an approval needs. */
export type Epoch = {
  readonly committeeId: string;
  readonly number: number;
  /** By index. */
  readonly members: readonly string[];
  readonly threshold: number;
  readonly attributable: boolean;
  /** Unix seconds. */
  readonly validFrom: number;
  /** Unix seconds, exclusive; undefined while no end is set. */
  readonly validUntil: number | undefined;
  /** The proposed or confirmed group key. */
  readonly groupKey: GroupKeyPoint | undefined;
  /** Whether FROST approvals count. */
  readonly groupKeyConfirmed: boolean;
};
