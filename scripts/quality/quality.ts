/**
 * Prints each promise with its command, its aim and its last figures; `--write` writes them to docs/quality.md, and `--check`
 * fails where that page is not what they say.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { STATES } from "./figures/Reading.js";
import { readRows } from "./figures/readRows.js";
import { PAGE, makePage, writePage } from "./figures/writePage.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const rows = readRows(ROOT);
if (process.argv.includes("--write")) writePage(ROOT);

for (const { id, promise, commands, state, figure } of rows) {
  console.log(`${id.padEnd(4)} ${state.padEnd(8)} ${promise}\n              ${commands.join(", ")}: ${figure}`);
}
console.log(STATES.map((state) => `${rows.filter((row) => row.state === state).length} ${state}`).join(", "));

const page = existsSync(join(ROOT, PAGE)) ? readFileSync(join(ROOT, PAGE), "utf8") : "";
if (process.argv.includes("--check") && page !== makePage(ROOT)) {
  console.error(`stale: ${PAGE}; run npm run quality -- --write`);
  process.exitCode = 1;
}
