import type { Mismatches } from "./Mismatches.js";
import type { RosterFigures } from "./Roster.js";

const FIELDS = ["poolId", "cycle", "root", "count", "eligible", "contentHash"] as const;

/** Holds what a file comes to against what was published. */
export function comparePublished(published: RosterFigures, found: RosterFigures, mismatches: Mismatches): void {
  for (const where of FIELDS) {
    const [expected, actual] = [published[where], found[where]];
    if (String(expected).toLowerCase() !== String(actual).toLowerCase()) {
      mismatches.add({ kind: "PUBLISHED", where, expected, actual });
    }
  }
}
