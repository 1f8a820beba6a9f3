/**
 * Fails where a part of `npm test`, or a command of docs/quality.md, has no planted fault in scripts/quality/canaries/, or one that
 * finds no place any more: a gate that was never seen red may be unable to turn so.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { ALL_CANARIES } from "../quality/canaries/allCanaries.js";
import { readRows } from "../quality/figures/readRows.js";
import { findUncovered } from "./canaries/findUncovered.js";
import { findUnplantable } from "./canaries/findUnplantable.js";
import { FIRST, LANES } from "./run/parts.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Gates that need none. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "test:canaries": "it is what plants them; a fault that no gate notices fails it",
};

const parts = [...FIRST, ...LANES.flat()].map(({ script }) => script);
const commands = readRows(ROOT).flatMap(({ commands: each }) => each);
const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const gates = ["test", ...parts, ...commands];
const problems = [
  ...findUncovered(gates, ALL_CANARIES, EXCEPTIONS),
  ...findUnplantable(ROOT, ALL_CANARIES),
  ...[...new Set(gates)].filter((gate) => scripts[gate] === undefined).map((gate) => `${gate}: is no npm script`),
];
for (const problem of problems) console.error(problem);
console.log(`${new Set(gates).size} gates, ${ALL_CANARIES.length} canaries, ${problems.length} problems.`);
process.exitCode = problems.length > 0 ? 1 : 0;
