import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** What is built or generated but not tracked, and saves a copy from building it again. */
const BUILT = ["artifacts", "cache", "typechain-types", "sdk/src/generated", "sdk/dist"];

export type TreeCopy = { readonly path: string; readonly remove: () => void };

/**
 * A copy of the working tree in a temporary folder: tracked files and new ones, with `built` what is built too, and a link
 * to the dependencies. Whatever is done to the copy, the tree stays as it is.
 */
export function copyTree(root: string, name: string, { built = true }: { readonly built?: boolean } = {}): TreeCopy {
  const path = mkdtempSync(join(tmpdir(), `guildhall-${name}-`));
  const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  }).split("\0");
  for (const file of files.filter((each) => each !== "" && existsSync(join(root, each)))) {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    cpSync(join(root, file), join(path, file));
  }
  for (const folder of BUILT.filter((each) => built && existsSync(join(root, each)))) {
    cpSync(join(root, folder), join(path, folder), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(path, "node_modules"), "dir");
  const remove = (): void => {
    rmSync(path, { recursive: true, force: true });
  };
  return { path, remove };
}
