/**
 * Runs the failure tables, and demands that each error in the suite's ABIs is among what their rows were refused with, with
 * its arguments. A row says what it was refused with only after it held. Needs `npm run build` before. `--write` keeps the
 * figures in docs/quality/failures.json.
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { writeFigures } from "../quality/figures/writeFigures.js";
import { declaredErrors } from "./failures/declaredErrors.js";
import { judgeFailures } from "./failures/judgeFailures.js";
import { unreachable } from "./failures/unreachable.js";
import { countTests } from "./run/countTests.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TABLES = "test/**/*Failures.t.sol";

function main(): void {
  const tables = globSync(TABLES, { cwd: ROOT }).toSorted();
  const program = join(ROOT, "node_modules/hardhat/dist/src/cli.js");
  const run = spawnSync(process.execPath, [program, "test", "solidity", "--no-compile", "-vv", ...tables], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, GUILDHALL_LOG_REFUSALS: "true", NO_COLOR: "1" },
  });
  const { passed, failed } = countTests(run.stdout, run.status ?? 1);
  if (tables.length === 0 || failed > 0) {
    console.error(run.stdout.replaceAll(/^refused: .*\n/gmu, ""), run.stderr);
    process.exitCode = 1;
    return;
  }
  const refusals = [...run.stdout.matchAll(/^\s*refused: (0x[0-9a-f]*)$/gmu)].map(([, data = ""]) => data);
  const declared = declaredErrors(ROOT);
  const { rows, provoked, problems } = judgeFailures(declared, refusals, unreachable);
  for (const problem of problems) console.error(problem);
  console.log(
    `${tables.length} tables, ${passed} tests, ${refusals.length} rows, ${rows} of them refused with an error of the suite: ` +
      `${provoked} of ${declared.size} errors, ${Object.keys(unreachable).length} listed as unreachable.`,
  );
  if (process.argv.includes("--write")) {
    const unreached = Object.keys(unreachable).length;
    const figures = { rows, provoked, declared: declared.size, unreachable: unreached, problems: problems.length };
    writeFigures(ROOT, "failures", figures);
  }
  if (problems.length > 0) process.exitCode = 1;
}

main();
