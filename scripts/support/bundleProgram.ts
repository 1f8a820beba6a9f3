import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, parse } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

/** Within the tree, where programs find their packages. */
const CACHE = fileURLToPath(new URL("../../cache/programs/", import.meta.url));

/**
 * Makes one program of TypeScript sources for plain Node, so that its processes come up in half the time that tsx takes. Kept by
 * its content: what several make at the same time is the same.
 *
 * @returns its path
 */
export async function bundleProgram(source: URL): Promise<string> {
  const path = fileURLToPath(source);
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    // What only some of its processes import is a file of its own.
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
  for (const file of outputFiles) hash.update(`${basename(file.path)} ${file.hash}\n`);
  const folder = join(CACHE, hash.digest("hex").slice(0, 16));
  if (!existsSync(folder)) {
    mkdirSync(CACHE, { recursive: true });
    const aside = mkdtempSync(join(CACHE, "new-"));
    for (const file of outputFiles) writeFileSync(join(aside, basename(file.path)), file.contents);
    try {
      renameSync(aside, folder);
    } catch (error) {
      // Another was faster.
      rmSync(aside, { recursive: true });
      if (!existsSync(folder)) throw error;
    }
  }
  return join(folder, `${parse(path).name}.mjs`);
}
