import type { ShownStep } from "../stories/Script.js";
import { formatTable } from "./formatTable.js";

/** Whose cycles to add up. */
export type FormatCycleGasParameters = {
  readonly story: string;
  readonly cycles: number;
  readonly users: number;
};

/** The table of the gas of each cycle of a reward pool: its rosters, its settling, its report, all of it, and a user's part. */
export function formatCycleGas(
  steps: readonly ShownStep[],
  { story, cycles, users }: FormatCycleGasParameters,
): string {
  const gasOf = (cycle: number, verbs: RegExp): bigint =>
    steps
      .filter((each) => each.story === story && verbs.test(each.step) && each.step.includes(` cycle ${cycle}`))
      .reduce((sum, { gas = 0n }) => sum + gas, 0n);
  const rows = Array.from({ length: cycles }, (_, cycle) => {
    const parts = [/^publishes|^corrects/, /^settles/, /^reports/].map((verbs) => gasOf(cycle, verbs));
    const total = parts.reduce((sum, gas) => sum + gas, 0n);
    return [`cycle ${cycle}`, ...[...parts, total, total / BigInt(users)].map((gas) => gas.toLocaleString("en-US"))];
  });
  const title = `gas for ${users.toLocaleString("en-US")} couriers`;
  return formatTable([[title, "roster", "settling", "report", "total", "a courier"], ...rows], [1, 2, 3, 4, 5]);
}
