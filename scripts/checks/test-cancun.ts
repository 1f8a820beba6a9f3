/**
 * Runs the contracts' tests on an engine that stops at the Cancun hard fork. Their code is the same for both targets
 * (`npm run check:cancun`), so what the build made is run as it is.
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Tests of the contracts. Those of the SDK and the scripts bring chains of their own. */
const FOLDERS = ["committee", "deals", "directory", "findings", "signatures", "utils"];

const hardhat = (...options: readonly string[]): number =>
  spawnSync(join(ROOT, "node_modules/.bin/hardhat"), ["--network", "cancun", "test", ...options], {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
  }).status ?? 1;

const files = FOLDERS.flatMap((folder) => globSync(`test/${folder}/**/*.ts`, { cwd: ROOT }));
const mocha = hardhat("mocha", "--no-compile", ...files);
const solidity = hardhat("solidity", "--no-compile");
process.exitCode = mocha === 0 && solidity === 0 ? 0 : 1;
