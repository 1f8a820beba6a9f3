import type { Counts } from "./compareCounts.js";
import type { Outcome } from "./Part.js";

/**
 * The record after a run: what ran more is raised, and what ran fewer stays unless fewer were accepted.
 *
 * @param whole Whether all parts ran, so that what did not run is gone
 */
export function recordCounts(
  outcomes: readonly Outcome[],
  recorded: Counts,
  { whole, acceptFewer }: { readonly whole: boolean; readonly acceptFewer: boolean },
): Counts {
  const ran = outcomes.map(({ script, passed, failed }) => {
    const before = recorded[script] ?? 0;
    return [script, acceptFewer ? passed + failed : Math.max(before, passed + failed)] as const;
  });
  const kept = whole && acceptFewer ? {} : recorded;
  return Object.fromEntries(
    Object.entries({ ...kept, ...Object.fromEntries(ran) }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
