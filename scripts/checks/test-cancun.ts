/**
 * Runs the contracts' tests on an engine that stops at the Cancun hard fork. Their code is the same for both targets
 * (`npm run check:reproducible`), so what the build made is run as it is: the Solidity tests with a twentieth of the runs, and of
 * the behaviour tests all but the matrices, which `--matrices` adds. Files may be chosen.
 *
 *     npm run test:cancun -- [--matrices] [test/directory/addressOf.ts …]
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Where tests of the contracts are. */
const FOLDERS = ["certificates", "committee", "deals", "directory", "findings", "rewards", "signatures", "utils"];

const hardhat = (...options: readonly string[]): number =>
  spawnSync(join(ROOT, "node_modules/.bin/hardhat"), ["--network", "cancun", "test", ...options], {
    cwd: ROOT,
    env: { ...process.env, GUILDHALL_FEWER_RUNS: "true" },
    stdio: "inherit",
    shell: process.platform === "win32",
  }).status ?? 1;

/** Tables of states and of documents: thousands of cells in which an engine has no part. */
const MATRIX = /(?:Matrix|[/\\]documents)\.ts$/u;

const { values: options, positionals: chosen } = parseArgs({
  allowPositionals: true,
  options: { matrices: { type: "boolean", default: false } },
});

// Those of the SDK beside them ask nothing more of the engine.
const tests = FOLDERS.flatMap((folder) => globSync(`test/${folder}/**/!(sdk-*|roster-*).ts`, { cwd: ROOT }));
const all = tests.filter((file) => options.matrices || !MATRIX.test(file));
const foreign = chosen.filter((file) => !tests.includes(file));
for (const file of foreign) console.error(`${file} is no test of the contracts.`);

const mocha = hardhat("mocha", "--no-compile", ...(chosen.length > 0 ? chosen : all));
const solidity = chosen.length > 0 ? 0 : hardhat("solidity", "--no-compile");
process.exitCode = mocha === 0 && solidity === 0 && foreign.length === 0 ? 0 : 1;
