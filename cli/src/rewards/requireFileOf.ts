import type { RosterFigures } from "../../../sdk/src/index.js";
import { CliError } from "../CliError.js";

/** Refuses a file that is of another pool or cycle than is meant. */
export function requireFileOf(file: string, figures: RosterFigures, poolId: string, cycle: number): void {
  if (figures.poolId.toLowerCase() === poolId && figures.cycle === cycle) return;
  throw new CliError({
    code: "CLI_ROSTER",
    args: { file, expected: { poolId, cycle }, actual: { poolId: figures.poolId, cycle: figures.cycle } },
    what: `${file} is of cycle ${figures.cycle} of pool ${figures.poolId}, not of cycle ${cycle} of pool ${poolId}.`,
    advice: "Name the file that was built for this pool and cycle.",
  });
}
