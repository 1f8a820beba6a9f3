import { defaultThreshold } from "./defaultThreshold.js";

/** A threshold under which dishonest members could have two contradicting things approved. */
export type ThresholdWarning = {
  readonly code: "COMMITTEE_THRESHOLD_BELOW_DEFAULT";
  readonly memberCount: number;
  readonly threshold: number;
  readonly defaultThreshold: number;
  readonly message: string;
};

/**
 * Warns of a threshold below {@link defaultThreshold}; undefined where there is nothing to warn of.
 *
 * @example
 * import { thresholdWarning } from "@guildhall/sdk";
 * assert.equal(thresholdWarning({ memberCount: 5, threshold: 3 })?.defaultThreshold, 4);
 * assert.equal(thresholdWarning({ memberCount: 5, threshold: 4 }), undefined);
 */
export function thresholdWarning({
  memberCount,
  threshold,
}: {
  readonly memberCount: number;
  readonly threshold: number;
}): ThresholdWarning | undefined {
  const proposed = defaultThreshold(memberCount);
  if (threshold >= proposed) return undefined;
  return {
    code: "COMMITTEE_THRESHOLD_BELOW_DEFAULT",
    memberCount,
    threshold,
    defaultThreshold: proposed,
    message:
      `With ${threshold} of ${memberCount}, two quorums can meet in dishonest members alone and approve two things that ` +
      `contradict each other. Use a threshold of ${proposed} or more unless every member is trusted.`,
  };
}
