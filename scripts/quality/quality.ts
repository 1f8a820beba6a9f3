/**
 * Prints each promise with its command, its aim and its last figures; `--write` writes them to docs/quality.md, and `--check`
 * fails where that page is not what they say.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { type Mutation, qualityPage } from "./figures/qualityPage.js";
import { STATES } from "./figures/Reading.js";
import { readFigures } from "./figures/readFigures.js";
import { readRows } from "./figures/readRows.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PAGE = "docs/quality.md";

const rows = readRows(ROOT);
const page = qualityPage(rows, (readFigures(ROOT, "mutation") as Mutation | undefined) ?? {});
if (process.argv.includes("--write")) writeFileSync(join(ROOT, PAGE), page);

for (const { id, promise, commands, state, figure } of rows) {
  console.log(`${id.padEnd(4)} ${state.padEnd(8)} ${promise}\n              ${commands.join(", ")}: ${figure}`);
}
console.log(STATES.map((state) => `${rows.filter((row) => row.state === state).length} ${state}`).join(", "));

if (
  process.argv.includes("--check") &&
  !(existsSync(join(ROOT, PAGE)) && readFileSync(join(ROOT, PAGE), "utf8") === page)
) {
  console.error(`stale: ${PAGE}; run npm run quality -- --write`);
  process.exitCode = 1;
}
