import type { Outcome } from "./Part.js";

/** How many tests each part ran when it was recorded. A check counts as one. */
export type Counts = Readonly<Record<string, number>>;

/**
 * What ran fewer tests than recorded, one sentence each; so does a part that was recorded and did not run.
 *
 * @param whole Whether all parts ran
 */
export function compareCounts(outcomes: readonly Outcome[], recorded: Counts, whole: boolean): readonly string[] {
  const ran = new Map(outcomes.map(({ script, passed, failed }) => [script, passed + failed] as const));
  const fewer = [...ran].flatMap(([script, count]) => {
    const expected = recorded[script];
    if (expected === undefined) return [`${script}: ran ${count}, and nothing is recorded of it`];
    return count < expected ? [`${script}: ran ${count}, recorded are ${expected}`] : [];
  });
  const gone = whole ? Object.keys(recorded).filter((script) => !ran.has(script)) : [];
  return [...fewer, ...gone.map((script) => `${script}: is recorded, and did not run`)];
}
