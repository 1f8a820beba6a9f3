import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

import { ScriptError } from "./ScriptError.js";

const { resolve } = createRequire(import.meta.url);

const PLATFORMS: Readonly<Record<string, string>> = { darwin: "darwin", linux: "linux", win32: "win32" };
const PROCESSORS: Readonly<Record<string, string>> = { arm64: "arm64", x64: "amd64" };

/**
 * The path of one of Foundry's programs: from its npm package for this platform, else from the `PATH`.
 *
 * Never by `npx`, whose launcher exits 0 whatever the program did.
 *
 * @throws {ScriptError} `FoundryMissing` when there is neither.
 */
export function foundry(program: "anvil" | "forge"): string {
  const file = process.platform === "win32" ? `${program}.exe` : program;
  const name = `@foundry-rs/${program}-${PLATFORMS[process.platform] ?? "other"}-${PROCESSORS[process.arch] ?? "other"}`;
  const folders = [...packageFolders(name), ...(process.env.PATH ?? "").split(delimiter)];
  const found = folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
  if (found === undefined) {
    throw new ScriptError(
      "FoundryMissing",
      `There is no ${program} for this platform: neither ${name} nor a program on the PATH. Install Foundry, or run on Linux x64.`,
      { program, package: name },
    );
  }
  return found;
}

function packageFolders(name: string): readonly string[] {
  try {
    return [join(dirname(resolve(`${name}/package.json`)), "bin")];
  } catch {
    return [];
  }
}
