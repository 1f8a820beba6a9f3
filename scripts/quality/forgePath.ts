import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

const { resolve } = createRequire(import.meta.url);

const PROCESSORS: Readonly<Record<string, string>> = { arm64: "arm64", x64: "amd64" };

/** There is no forge to run. */
export class ForgeMissingError extends Error {
  override readonly name = "ForgeMissingError";
}

/**
 * The path of forge: from its npm package for this platform, else from the `PATH`. Never by `npx`, whose launcher exits 0
 * whatever the program did.
 */
export function forgePath(): string {
  const file = process.platform === "win32" ? "forge.exe" : "forge";
  const name = `@foundry-rs/forge-${process.platform}-${PROCESSORS[process.arch] ?? process.arch}`;
  const folders = (process.env.PATH ?? "").split(delimiter);
  try {
    folders.unshift(join(dirname(resolve(`${name}/package.json`)), "bin"));
  } catch {
    // Foundry publishes no package for this platform: the PATH may have the program.
  }
  const found = folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
  if (found === undefined) {
    throw new ForgeMissingError(`Neither ${name} nor the PATH has forge. Install Foundry, or run on Linux x64.`);
  }
  return found;
}
