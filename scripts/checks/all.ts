/**
 * `npm test`: every part in turn, on two lanes, each with its time. What a failed part printed is shown. The last line is
 * the sum over all parts: a test counts as one, and so does a check.
 */
import { fileURLToPath } from "node:url";

import type { Outcome, Part } from "./run/Part.js";
import { runPart } from "./run/runPart.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What the others stand on: compiled contracts, generated files, the SDK. One after the other. */
const FIRST: readonly Part[] = [
  { script: "check:fresh", counts: "check" },
  { script: "check:warnings", counts: "check" },
  { script: "build:sdk", counts: "check" },
];

/** Run beside each other, the parts of a lane one after the other. */
const LANES: readonly (readonly Part[])[] = [
  [
    { script: "test:contracts", counts: "tests" },
    { script: "test:solidity", counts: "tests" },
    { script: "test:cancun", counts: "tests" },
  ],
  [
    { script: "typecheck", counts: "check" },
    { script: "lint", counts: "check" },
    { script: "format:check", counts: "check" },
    { script: "check:trees", counts: "check" },
    { script: "check:failures", counts: "check" },
    { script: "check:links", counts: "check" },
    { script: "check:supply", counts: "check" },
    { script: "check:bundle", counts: "check" },
    { script: "test:processes", counts: "tests" },
    { script: "check:cancun", counts: "check" },
    { script: "check:gas", counts: "check" },
  ],
];

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
  for (const part of parts) outcomes.push(await run(part));
  return outcomes;
}

const start = performance.now();
const first = await inTurn(FIRST);
const rest = await Promise.all(LANES.map(inTurn));
const outcomes = [...first, ...rest.flat()];
const sum = (key: "passed" | "failed"): number => outcomes.reduce((total, outcome) => total + outcome[key], 0);

console.log(`\nAll parts took ${((performance.now() - start) / 1000).toFixed(0)} s.`);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = sum("failed") > 0 ? 1 : 0;
