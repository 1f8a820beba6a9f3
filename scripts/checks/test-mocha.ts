/**
 * Runs one half of the mocha tests: `processes` are those that spend their time waiting for processes of their own,
 * `contracts` all others. `npm test` runs the halves beside each other; `npm run test:mocha` runs both at once. Files of the
 * half may follow, as in `npm run test:contracts -- test/deals/settle.ts`; one that is not in it is refused.
 */
import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROCESSES = /^test[/\\](?:frost|scripts|x509[/\\]processes|cli[/\\]chain)[/\\]/u;

const [half, ...chosen] = process.argv.slice(2);
const all = globSync("test/**/*.ts", { cwd: ROOT }).filter((file) => PROCESSES.test(file) === (half === "processes"));
const foreign = chosen.filter((file) => !all.includes(file));
for (const file of foreign) console.error(`${file} is no test of this half.`);

if ((half !== "processes" && half !== "contracts") || foreign.length > 0) process.exitCode = 2;
else {
  const files = chosen.length > 0 ? chosen : all;
  process.exitCode =
    spawnSync(join(ROOT, "node_modules/.bin/hardhat"), ["test", "mocha", "--no-compile", ...files], {
      cwd: ROOT,
      stdio: "inherit",
      shell: process.platform === "win32",
    }).status ?? 1;
}
