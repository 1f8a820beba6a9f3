import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Results } from "../mutation/results.js";
import { qualityPage } from "./qualityPage.js";
import { readFigures } from "./readFigures.js";
import { readRows } from "./readRows.js";

/** The page of quality, relative to the root. */
export const PAGE = "docs/quality.md";

/** The page as what the commands wrote makes it. */
export function makePage(root: string): string {
  return qualityPage(readRows(root), (readFigures(root, "mutation") as Results | undefined) ?? {});
}

/** Writes docs/quality.md anew. */
export function writePage(root: string): void {
  writeFileSync(join(root, PAGE), makePage(root));
}
