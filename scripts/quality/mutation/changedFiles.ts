import { execFileSync, spawnSync } from "node:child_process";

import { ScriptError } from "../../support/ScriptError.js";

/** The files of the working tree that differ from where its branch left main, here or at the origin. */
export function changedFiles(root: string): readonly string[] {
  const git = (...options: string[]): string => execFileSync("git", options, { cwd: root, encoding: "utf8" }).trim();
  const main = ["main", "origin/main"].find(
    (branch) => spawnSync("git", ["rev-parse", "--verify", "--quiet", branch], { cwd: root }).status === 0,
  );
  if (main === undefined) throw new ScriptError("NoMain", "There is no branch main to compare with: fetch it first.");
  return git("diff", "--name-only", git("merge-base", "HEAD", main)).split("\n");
}
