/** The committee of the demo, before and after it rotates. */
export const committeePlan = {
  story: "committee",
  before: ["member-1", "member-2", "member-3", "member-4", "member-5"],
  after: ["member-3", "member-4", "member-5", "member-6", "member-7"],
  /** The old members that hand their shares on; the first one is away. */
  dealers: ["member-2", "member-3", "member-4", "member-5"],
  /** The default quorum of five: floor((5 + 1) / 2) + 1. */
  threshold: 4,
} as const;

/** Everybody who was ever a member. */
export const committeeMembers: readonly string[] = [
  ...new Set<string>([...committeePlan.before, ...committeePlan.after]),
];
