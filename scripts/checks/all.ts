/**
 * `npm test`: the parts on lanes beside each other, each with its time. What a failed part printed is shown. The last line is
 * the sum over all parts: a test counts as one, and so does a check. A part that runs fewer tests than docs/quality/tests.json
 * records fails.
 *
 *     npm test -- [--only check:links,test:solidity] [--write [--accept-fewer]]
 *
 * `--only` runs these parts alone. `--write` records what ran more than before; fewer only with `--accept-fewer`.
 */
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { readFigures } from "../quality/figures/readFigures.js";
import { writeFigures } from "../quality/figures/writeFigures.js";
import type { Counts } from "./run/compareCounts.js";
import { compareCounts } from "./run/compareCounts.js";
import type { Outcome, Part } from "./run/Part.js";
import { FIRST, LANES } from "./run/parts.js";
import { recordCounts } from "./run/recordCounts.js";
import { runPart } from "./run/runPart.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RECORD = "tests";

const { values: options } = parseArgs({
  options: {
    only: { type: "string" },
    write: { type: "boolean", default: false },
    "accept-fewer": { type: "boolean", default: false },
  },
});
const only = options.only?.split(",");

async function run(part: Part): Promise<Outcome> {
  const outcome = await runPart(ROOT, part);
  const { script, passed, failed, seconds, output } = outcome;
  if (failed > 0) console.log(`\n${output.trimEnd()}\n`);
  const verdict = failed > 0 ? "FAILED" : "ok";
  console.log(
    `${verdict.padEnd(6)} ${script.padEnd(16)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed`,
  );
  return outcome;
}

async function inTurn(parts: readonly Part[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const part of parts) if (only?.includes(part.script) ?? true) outcomes.push(await run(part));
  return outcomes;
}

const start = performance.now();
const first = await inTurn(FIRST);
const rest = await Promise.all(LANES.map(inTurn));
const outcomes = [...first, ...rest.flat()];
const sum = (key: "passed" | "failed"): number => outcomes.reduce((total, outcome) => total + outcome[key], 0);

const recorded = (readFigures(ROOT, RECORD) as Counts | undefined) ?? {};
const whole = only === undefined;
const next = options.write
  ? recordCounts(outcomes, recorded, { whole, acceptFewer: options["accept-fewer"] })
  : recorded;
if (options.write && sum("failed") === 0) writeFigures(ROOT, RECORD, next);
const fewer = compareCounts(outcomes, next, whole);
for (const problem of fewer) console.error(`FAILED ${problem}`);
if (fewer.length > 0) console.error("Meant? Record it: npm test -- --write --accept-fewer");
const unknown = (only ?? []).filter((script) => !outcomes.some((outcome) => outcome.script === script));
for (const script of unknown) console.error(`FAILED There is no part ${script}.`);

const failed = sum("failed") + fewer.length + unknown.length;
console.log(`\nAll parts took ${((performance.now() - start) / 1000).toFixed(0)} s.`);
console.log(`${sum("passed")} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
