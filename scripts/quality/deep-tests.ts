/**
 * Runs the Solidity tests for long, file by file: 100,000 fuzz runs, campaigns of 1,000 runs of 200 calls. Each file's figures
 * go to docs/quality/deep.json as soon as it is done, so a run that was stopped has lost one file only. Beginnings of paths
 * choose among the files, as in `npm run test:deep -- test/deals`.
 */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { readFigures } from "./figures/readFigures.js";
import { writeFigures } from "./figures/writeFigures.js";
import type { FileRuns } from "./forge/countRuns.js";
import { countRuns } from "./forge/countRuns.js";
import { runTests } from "./forge/runTests.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NAME = "deep";

/** Keeps a file's figures beside those of the other files there are. */
function note(figures: Readonly<Record<string, FileRuns>>, files: readonly string[]): void {
  const before = (readFigures(ROOT, NAME) ?? {}) as Readonly<Record<string, FileRuns>>;
  const known = Object.entries({ ...before, ...figures }).filter(([file]) => files.includes(file));
  writeFigures(ROOT, NAME, Object.fromEntries(known.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

function main(): void {
  const wanted = process.argv.slice(2);
  const all = globSync("test/**/*.t.sol", { cwd: ROOT }).map((file) => file.replaceAll("\\", "/"));
  const files = all.filter((file) => wanted.length === 0 || wanted.some((start) => file.startsWith(start))).toSorted();
  let failed = files.length === 0 ? 1 : 0;
  for (const file of files) {
    console.log(file);
    const { report, passed, problems } = runTests(ROOT, "deep", ["--match-path", file]);
    const silent = passed.size === 0 ? [`no test of ${file} passed`] : [];
    for (const problem of [...problems, ...silent]) console.error(problem);
    failed += problems.length + silent.length;
    note(countRuns(report), all);
  }
  console.log(`${files.length} files, ${failed} problems`);
  process.exitCode = failed > 0 ? 1 : 0;
}

main();
