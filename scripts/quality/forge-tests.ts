/**
 * Runs every Solidity test under forge, with both compiler pipelines: another engine than Hardhat's, and another code
 * generator. Fails when a test fails, when a test file has no test that ran, when the pipelines ran different tests, and
 * when a campaign of invariants did not reach an action of its handler. With `--deep` it runs once, with viaIR, and for long.
 * What else follows on the command line goes to forge, as in `npm run test:forge -- --match-path 'test/deals/*'`. Figures go
 * to docs/quality/engines.json and deep.json; a deep run of chosen files replaces those of these files alone.
 */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { readFigures } from "./figures/readFigures.js";
import { writeFigures } from "./figures/writeFigures.js";
import type { FileRuns } from "./forge/countRuns.js";
import { countRuns } from "./forge/countRuns.js";
import { runTests } from "./forge/runTests.js";
import type { Profile } from "./runForge.js";
import { PIPELINES } from "./runForge.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function main(): void {
  const options = process.argv.slice(2).filter((option) => option !== "--deep");
  const deep = process.argv.includes("--deep");
  const profiles: readonly Profile[] = deep ? ["deep"] : PIPELINES;
  const runs = profiles.map((profile) => runTests(ROOT, profile, options));
  const [first, second = first] = runs;
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

  if (deep) {
    const before =
      options.length === 0 ? {} : ((readFigures(ROOT, "deep") as Readonly<Record<string, FileRuns>> | undefined) ?? {});
    const known = Object.entries({ ...before, ...countRuns(first.report) }).filter(([file]) => files.includes(file));
    writeFigures(ROOT, "deep", Object.fromEntries(known.toSorted(([a], [b]) => (a < b ? -1 : 1))));
  } else if (options.length === 0) {
    const passed = Object.fromEntries(profiles.map((profile, i) => [profile, runs[i]?.passed.size ?? 0]));
    writeFigures(ROOT, "engines", { files: files.length, passed, problems: problems.length });
  }
}

main();
