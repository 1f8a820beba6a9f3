/**
 * Runs the Solidity tests for long, file by file: 10,000 runs of each fuzz test, but for those below, and campaigns of 1,000
 * runs of 200 calls. Each file's figures go to docs/quality/deep.json as soon as it is done, so a run that was stopped has lost
 * one file only. Beginnings of paths choose among the files, as in `npm run test:deep -- test/deals`.
 */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { readFigures } from "./figures/readFigures.js";
import { writeFigures } from "./figures/writeFigures.js";
import type { FileRuns } from "./forge/countRuns.js";
import { countRuns } from "./forge/countRuns.js";
import type { TestRun } from "./forge/runTests.js";
import { runTests } from "./forge/runTests.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NAME = "deep";

/** Fuzz tests that have more luck than the others, or less, by file. */
const OTHER_RUNS: Readonly<Record<string, readonly { readonly tests: string; readonly runs: number }[]>> = {
  // Raw bytes are cheap, and what nobody thought of is among them or nowhere.
  "test/committee/Approvals.t.sol": [{ tests: "^testFuzz_no\\w*BytesApprove", runs: 100_000 }],
  // The reference multiplies points in Solidity, which takes some ten milliseconds.
  "test/committee/Frost.t.sol": [{ tests: ".", runs: 1_000 }],
};

/** Keeps a file's figures beside those of the other files there are. */
function note(figures: Readonly<Record<string, FileRuns>>, files: readonly string[]): void {
  const before = (readFigures(ROOT, NAME) ?? {}) as Readonly<Record<string, FileRuns>>;
  const known = Object.entries({ ...before, ...figures }).filter(([file]) => files.includes(file));
  writeFigures(ROOT, NAME, Object.fromEntries(known.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/** Runs a file's tests, each with its number of runs. */
function runFile(file: string): readonly TestRun[] {
  const others = OTHER_RUNS[file] ?? [];
  const options = ["--match-path", file];
  const chosen = others.map(({ tests, runs }) => runTests(ROOT, "deep", [...options, "--match-test", tests], runs));
  if (others.some(({ tests }) => tests === ".")) return chosen;
  const rest = others.flatMap(({ tests }) => ["--no-match-test", tests]);
  return [...chosen, runTests(ROOT, "deep", [...options, ...rest])];
}

function main(): void {
  const wanted = process.argv.slice(2);
  const all = globSync("test/**/*.t.sol", { cwd: ROOT }).map((file) => file.replaceAll("\\", "/"));
  const files = all.filter((file) => wanted.length === 0 || wanted.some((start) => file.startsWith(start))).toSorted();
  let failed = files.length === 0 ? 1 : 0;
  for (const file of files) {
    console.log(file);
    const runs = runFile(file);
    const silent = runs.every(({ passed }) => passed.size === 0) ? [`no test of ${file} passed`] : [];
    const problems = [...runs.flatMap((run) => run.problems), ...silent];
    for (const problem of problems) console.error(problem);
    failed += problems.length;
    note(countRuns(runs.map(({ report }) => report)), all);
  }
  console.log(`${files.length} files, ${failed} problems`);
  process.exitCode = failed > 0 ? 1 : 0;
}

main();
