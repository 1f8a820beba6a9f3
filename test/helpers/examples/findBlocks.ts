import { readFileSync } from "node:fs";
import { relative } from "node:path";

import type { Example } from "./findExamples.js";

/** Every block of TypeScript on a page of the documentation. */
export function findBlocks(page: string, root: string): Example[] {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(({ index, 1: code = "" }) => ({
    file: relative(root, page),
    line: text.slice(0, index).split("\n").length,
    code: code.trim(),
  }));
}
