import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a command wrote of its last run, or undefined when it never ran to its end. */
export function readFigures(root: string, name: string): unknown {
  const path = join(root, "docs/quality", `${name}.json`);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined;
}
