import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type AbiEntry, actionsOf } from "./actionsOf.js";
import type { Actions } from "./Campaign.js";

/**
 * The actions of each contract of a Solidity test whose name ends in `Handler`, from compiled artifacts.
 *
 * @param out The folder of the artifacts: Hardhat's, or forge's, which lays them out by the file's name alone
 * @param files Which tests'; all of them where nothing is said. Forge compiles no others than it runs
 */
export function readActions(root: string, out: string, files: readonly string[] = allTests(root)): Actions {
  const actions: Record<string, readonly string[]> = {};
  for (const file of files) {
    const source = readFileSync(join(root, file), "utf8");
    for (const [, contract = ""] of source.matchAll(/^contract (\w*Handler)\b/gmu)) {
      const folder = out.startsWith("artifacts") ? file : (file.split("/").at(-1) ?? file);
      const { abi } = JSON.parse(readFileSync(join(root, out, folder, `${contract}.json`), "utf8")) as {
        readonly abi: readonly AbiEntry[];
      };
      actions[`${file}:${contract}`] = actionsOf(abi);
    }
  }
  return actions;
}

function allTests(root: string): readonly string[] {
  return globSync("test/**/*.t.sol", { cwd: root }).map((file) => file.replaceAll("\\", "/"));
}
