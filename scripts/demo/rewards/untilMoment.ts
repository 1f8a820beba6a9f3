import { cycleTimes } from "../../../sdk/src/index.js";
import type { Stage } from "../parties/Stage.js";
import { type CycleMoment, cycleMoments } from "./cycleMoments.js";
import { requireCycles } from "./requireCycles.js";

/** Waits for a moment of a cycle, as every party of the act does for each of them in turn. */
export async function untilMoment(stage: Stage, cycle: number, moment: CycleMoment): Promise<void> {
  await stage.until(cycleTimes(requireCycles(stage), cycle)[moment], `${cycleMoments[moment]} of cycle ${cycle}`);
}
