/**
 * Writes docs/errors.md from the contracts' NatSpec and the SDK's advice. With --check it writes nothing and fails where the
 * page is stale. Needs `npm run build` before.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { generateErrorsPage } from "./generate/generateErrorsPage.js";

const root = join(import.meta.dirname, "..");
const path = join(root, "docs/errors.md");
// As the formatter leaves it, so that formatting and freshness agree.
const page = await format(generateErrorsPage(root), { ...(await resolveConfig(path)), parser: "markdown" });

if (!process.argv.includes("--check")) {
  writeFileSync(path, page);
} else if (!existsSync(path) || readFileSync(path, "utf8") !== page) {
  console.error('docs/errors.md is not fresh. Run "npm run generate:errors".');
  process.exitCode = 1;
}
