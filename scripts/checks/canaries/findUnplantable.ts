import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Canary } from "../../quality/canaries/Canary.js";

/** The canaries whose fault finds no place in the tree any more, one sentence each. */
export function findUnplantable(root: string, canaries: readonly Pick<Canary, "name" | "plant">[]): readonly string[] {
  return canaries.flatMap(({ name, plant }) => {
    const problems: string[] = [];
    const replace = (file: string, from: string | RegExp, to: string): void => {
      const text = readFileSync(join(root, file), "utf8");
      if (text.replace(from, to) === text) problems.push(`canary "${name}": ${file} has no ${String(from)}`);
    };
    plant({ path: root, write: () => undefined, replace });
    return problems;
  });
}
