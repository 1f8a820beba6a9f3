import { CommitteeError } from "./CommitteeError.js";

/** The most members an epoch can have. */
export const MAX_MEMBERS = 255;

/**
 * The quorum for n members of which f = floor((n - 1) / 3) may be dishonest: floor((n + f) / 2) + 1. Any two such quorums
 * have an honest member in common.
 *
 * @throws {@link CommitteeError} COMMITTEE_MEMBER_COUNT outside 1 to 255
 * @example
 * import { defaultThreshold } from "@guildhall/sdk";
 * assert.deepEqual([1, 4, 5, 6, 7, 16].map(defaultThreshold), [1, 3, 4, 4, 5, 11]);
 */
export function defaultThreshold(memberCount: number): number {
  if (!Number.isInteger(memberCount) || memberCount < 1 || memberCount > MAX_MEMBERS) {
    throw new CommitteeError({
      code: "COMMITTEE_MEMBER_COUNT",
      args: { max: MAX_MEMBERS, actual: memberCount },
      what: `A committee has 1 to ${MAX_MEMBERS} members, not ${memberCount}.`,
      advice: "Form a committee of fewer members, or several committees.",
    });
  }
  const dishonest = Math.floor((memberCount - 1) / 3);
  return Math.floor((memberCount + dishonest) / 2) + 1;
}
