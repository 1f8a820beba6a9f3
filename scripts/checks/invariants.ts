/**
 * Holds the numbered invariants of docs/invariants.md against the tests: each row cites test files that are there and name
 * its number, and no test names a number without a row.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { compareInvariants } from "./invariants/compareInvariants.js";
import { readInvariants } from "./invariants/readInvariants.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PAGE = "docs/invariants.md";

/** The tests of this check name numbers that are none. */
const OWN_TEST = "scripts/invariants.ts";

const invariants = readInvariants(readFileSync(join(ROOT, PAGE), "utf8"));
const tests = Object.fromEntries(
  globSync("**/*.{ts,sol}", { cwd: join(ROOT, "test") })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file !== OWN_TEST)
    .map((file) => [file, readFileSync(join(ROOT, "test", file), "utf8")] as const),
);
const problems = compareInvariants(invariants, tests);
for (const problem of problems) console.error(problem);
console.log(`${invariants.length} invariants, ${Object.keys(tests).length} test files, ${problems.length} problems.`);
process.exitCode = problems.length > 0 || invariants.length === 0 ? 1 : 0;
