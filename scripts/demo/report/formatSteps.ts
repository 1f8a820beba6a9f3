import type { ShownStep } from "../stories/Script.js";
import { formatTable } from "./formatTable.js";

/** The table of what was shown: step, story, actor, what, gas. */
export function formatSteps(steps: readonly ShownStep[]): string {
  const rows = steps.map(({ story, actor, step, refusal, gas }, index) => [
    String(index + 1),
    story,
    actor,
    refusal === undefined ? step : `${step}: refused, ${refusal}`,
    gas === undefined ? "-" : gas.toLocaleString("en-US"),
  ]);
  const total = steps.reduce((sum, { gas = 0n }) => sum + gas, 0n);
  return formatTable(
    [["#", "story", "actor", "step", "gas"], ...rows, ["", "", "", "total", total.toLocaleString("en-US")]],
    [0, 4],
  );
}
