import { type CycleTerms, cycleTimes } from "../../../sdk/src/index.js";
import { cycleMoments } from "./cycleMoments.js";
import { CYCLES } from "./rewardPlans.js";

/** A moment that the act waits for. */
export type RewardMoment = {
  /** What it is, in words. */
  readonly what: string;
  /** Unix seconds. */
  readonly at: number;
};

/** The moments of all cycles, in their order. */
export function momentsOf(terms: CycleTerms): readonly RewardMoment[] {
  return Array.from({ length: CYCLES }, (_, cycle) => {
    const times = cycleTimes(terms, cycle);
    return (["end", "publishUntil", "finalFrom"] as const).map((moment) => ({
      what: `${cycleMoments[moment]} of cycle ${cycle}`,
      at: times[moment],
    }));
  }).flat();
}
