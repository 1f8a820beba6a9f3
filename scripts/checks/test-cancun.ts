/**
 * Runs the contracts' tests on an engine that stops at the Cancun hard fork. Their code is the same for both targets
 * (`npm run check:reproducible`), so what the build made is run as it is: the Solidity tests with a twentieth of the runs, and of
 * the behaviour tests all but the matrices, whose cells no engine tells apart. Files may be chosen, as in
 * `npm run test:cancun -- test/directory/addressOf.ts`.
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

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

/** What asks nothing more of an engine: the tests of the SDK beside them, and the matrices of states and of documents. */
const LEFT_OUT = "sdk-*|roster-*|*Matrix|documents";

const among = (pattern: string): readonly string[] =>
  FOLDERS.flatMap((folder) => globSync(`test/${folder}/**/${pattern}.ts`, { cwd: ROOT }));

const all = among(`!(${LEFT_OUT})`);
const chosen = process.argv.slice(2);
const foreign = chosen.filter((file) => !among("*").includes(file));
for (const file of foreign) console.error(`${file} is no test of the contracts.`);

const mocha = hardhat("mocha", "--no-compile", ...(chosen.length > 0 ? chosen : all));
const solidity = chosen.length > 0 ? 0 : hardhat("solidity", "--no-compile");
process.exitCode = mocha === 0 && solidity === 0 && foreign.length === 0 ? 0 : 1;
