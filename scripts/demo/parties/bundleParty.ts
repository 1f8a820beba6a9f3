import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const PROGRAM = fileURLToPath(new URL("../party.ts", import.meta.url));
/** Within the tree, where the program finds its packages. */
const CACHE = fileURLToPath(new URL("../../../cache/demo/", import.meta.url));

/**
 * Makes a party's program out of its sources, so that a process of it comes up in half the time. Kept by its content: what
 * several runs make at the same time is the same.
 *
 * @returns its path
 */
export async function bundleParty(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [PROGRAM],
    bundle: true,
    // What only some parties import is a file of its own.
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    outdir: CACHE,
    write: false,
    logLevel: "silent",
  });
  const hash = createHash("sha256");
  for (const { path, hash: content } of outputFiles) hash.update(`${basename(path)} ${content}\n`);
  const folder = join(CACHE, hash.digest("hex").slice(0, 16));
  if (!existsSync(folder)) {
    mkdirSync(CACHE, { recursive: true });
    const aside = mkdtempSync(join(CACHE, "new-"));
    for (const { path, contents } of outputFiles) writeFileSync(join(aside, basename(path)), contents);
    try {
      renameSync(aside, folder);
    } catch (error) {
      // Another run was faster.
      rmSync(aside, { recursive: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return join(folder, "party.mjs");
}
