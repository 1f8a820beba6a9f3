import { execFileSync } from "node:child_process";

import { ScriptError } from "../support/ScriptError.js";

/** What decides about the byte code. */
const SOURCES = ["contracts", "ignition", "hardhat.config.ts", "package-lock.json"];

/**
 * The commit of the source that is deployed.
 *
 * @throws {ScriptError} `SourceChanged` when the work tree differs from it in what decides about the byte code, unless
 * `allowChanges`, which marks the commit by `+changes`.
 */
export function sourceCommit(root: string, allowChanges: boolean): string | null {
  const git = (...args: readonly string[]) =>
    execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  let commit: string;
  try {
    commit = git("rev-parse", "HEAD");
  } catch {
    return null;
  }
  const changed = git("status", "--porcelain", "--", ...SOURCES);
  if (changed === "") return commit;
  if (allowChanges) return `${commit}+changes`;
  throw new ScriptError(
    "SourceChanged",
    `The record would name commit ${commit}, but these files differ from it:\n${changed}\nCommit them first, or pass --allow-changes, which the record will say.`,
    { commit, changed },
  );
}
