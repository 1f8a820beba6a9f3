/** The moments of a cycle that the act waits for, in their order, and in words. */
export const cycleMoments = {
  end: "the end",
  publishUntil: "the beginning of the dispute window",
  finalFrom: "the final roster",
} as const;

export type CycleMoment = keyof typeof cycleMoments;
