/**
 * Runs one half of the mocha tests: `processes` are those that spend their time waiting for processes of their own,
 * `contracts` all others. `npm test` runs the halves beside each other; `npm run test:mocha` runs both at once.
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROCESSES = /^test[/\\](?:frost|scripts)[/\\]/u;

const half = process.argv[2];
const files = globSync("test/**/*.ts", { cwd: ROOT }).filter((file) => PROCESSES.test(file) === (half === "processes"));
process.exitCode =
  half === "processes" || half === "contracts"
    ? (spawnSync(join(ROOT, "node_modules/.bin/hardhat"), ["test", "mocha", "--no-compile", ...files], {
        cwd: ROOT,
        stdio: "inherit",
        shell: process.platform === "win32",
      }).status ?? 1)
    : 2;
