import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type AbiEntry, actionsOf } from "./actionsOf.js";
import type { Actions } from "./Campaign.js";

/**
 * The actions of each contract of a Solidity test whose name ends in `Handler`, from compiled artifacts.
 *
 * @param out The folder of the artifacts: Hardhat's, or forge's, which lays them out by the file's name alone
 */
export function readActions(root: string, out: string): Actions {
  const actions: Record<string, readonly string[]> = {};
  for (const file of globSync("test/**/*.t.sol", { cwd: root }).map((each) => each.replaceAll("\\", "/"))) {
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
