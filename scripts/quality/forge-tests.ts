/**
 * Runs every Solidity test under forge, with both compiler pipelines: another engine than Hardhat's, and another code
 * generator. Fails when a test fails, when a test file has no test that ran, when the pipelines ran different tests, and
 * when a campaign of invariants did not reach an action of its handler. What follows on the command line goes to forge, as in
 * `npm run test:forge -- --match-path 'test/deals/*'`. Figures of a run of everything go to docs/quality/engines.json.
 */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { writeFigures } from "./figures/writeFigures.js";
import { runTests } from "./forge/runTests.js";
import { PIPELINES } from "./runForge.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function main(): void {
  const options = process.argv.slice(2);
  const runs = PIPELINES.map((pipeline) => runTests(ROOT, pipeline, options));
  const [first, second] = runs;
  if (first === undefined || second === undefined) return;

  const files = globSync("test/**/*.t.sol", { cwd: ROOT }).map((file) => file.replaceAll("\\", "/"));
  const silent = files.filter((file) => ![...first.passed].some((test) => test.startsWith(`${file}:`)));
  const problems = [
    ...runs.flatMap((run) => run.problems),
    ...[...first.passed].filter((test) => !second.passed.has(test)).map((test) => `passed with viaIR only: ${test}`),
    ...[...second.passed].filter((test) => !first.passed.has(test)).map((test) => `passed without viaIR only: ${test}`),
    ...(first.passed.size === 0 ? ["no test ran"] : []),
    ...(options.length === 0 ? silent.map((file) => `no test of ${file} ran`) : []),
  ];
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  if (options.length > 0) return;
  const passed = Object.fromEntries(PIPELINES.map((pipeline, i) => [pipeline, runs[i]?.passed.size ?? 0]));
  writeFigures(ROOT, "engines", { files: files.length, passed, problems: problems.length });
}

main();
