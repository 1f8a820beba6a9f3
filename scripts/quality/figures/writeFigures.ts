import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { writePage } from "./writePage.js";

/**
 * Writes what a command counted to `docs/quality/<name>.json`, and makes the page of quality from it. Figures alone: no dates,
 * times or paths of a machine, so that the same run writes the same file.
 */
export function writeFigures(root: string, name: string, figures: object): void {
  const folder = join(root, "docs/quality");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(figures, null, 2)}\n`);
  writePage(root);
}
