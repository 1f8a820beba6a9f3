/**
 * Runs the contracts' tests on an engine that stops at the Cancun hard fork. Their code is the same for both targets
 * (`npm run check:cancun`), so what the build made is run as it is, and the Solidity tests with a fifth of the runs. Files of the behaviour tests may be chosen, as in
 * `npm run test:cancun -- test/directory/addressOf.ts`.
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Where tests of the contracts are. Those of the SDK beside them (`sdk-`, `roster-`) ask nothing more of the engine. */
const FOLDERS = ["certificates", "committee", "deals", "directory", "findings", "rewards", "signatures", "utils"];

const hardhat = (...options: readonly string[]): number =>
  spawnSync(join(ROOT, "node_modules/.bin/hardhat"), ["--network", "cancun", "test", ...options], {
    cwd: ROOT,
    env: { ...process.env, GUILDHALL_FEWER_RUNS: "true" },
    stdio: "inherit",
    shell: process.platform === "win32",
  }).status ?? 1;

const all = FOLDERS.flatMap((folder) => globSync(`test/${folder}/**/!(sdk-*|roster-*).ts`, { cwd: ROOT }));
const chosen = process.argv.slice(2);
const foreign = chosen.filter((file) => !all.includes(file));
for (const file of foreign) console.error(`${file} is no test of the contracts.`);

const mocha = hardhat("mocha", "--no-compile", ...(chosen.length > 0 ? chosen : all));
const solidity = chosen.length > 0 ? 0 : hardhat("solidity", "--no-compile");
process.exitCode = mocha === 0 && solidity === 0 && foreign.length === 0 ? 0 : 1;
