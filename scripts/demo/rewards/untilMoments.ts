import type { Stage } from "../parties/Stage.js";
import { untilMoment } from "./untilMoment.js";

/** Waits for all moments of a cycle, for who has nothing to do between them. */
export async function untilMoments(stage: Stage, cycle: number): Promise<void> {
  await untilMoment(stage, cycle, "end");
  await untilMoment(stage, cycle, "publishUntil");
  await untilMoment(stage, cycle, "finalFrom");
}
