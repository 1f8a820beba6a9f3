import { builtinModules } from "node:module";
import { relative } from "node:path";
import { gzipSync } from "node:zlib";

import { build as bundle, type Plugin } from "esbuild";

/** A bundle for browsers and what it weighs. */
export type Bundle = {
  readonly code: string;
  /** Bytes, minified. */
  readonly size: number;
  /** Bytes, minified and compressed. */
  readonly gzip: number;
  /** What it takes from Node, each with the file that imports it. */
  readonly builtIns: readonly { readonly name: string; readonly importer: string }[];
};

function builtInsPlugin(found: { name: string; importer: string }[], root: string): Plugin {
  return {
    name: "built-ins",
    setup: (build) => {
      build.onResolve({ filter: /^(?:node:)?[a-z0-9_]+(?:\/[a-z0-9_/]+)?$/ }, ({ path, importer, kind }) => {
        const bare = path.replace(/^node:/, "");
        if (kind === "entry-point" || !builtinModules.includes(bare)) return undefined;
        found.push({ name: path, importer: relative(root, importer) });
        return { path, namespace: "built-in" };
      });
      // An empty module, so that the bundle goes on and all offenders are found at once.
      build.onLoad({ filter: /.*/, namespace: "built-in" }, () => ({ contents: "module.exports = {};" }));
    },
  };
}

/**
 * Bundles a program that uses the SDK, as a web application's tools would.
 *
 * @param program Its source; it imports the SDK's sources relative to `root`
 * @param format "iife" to run it as a script whose exports are the global `sdk`
 */
export async function bundleSdk(root: string, program: string, format: "esm" | "iife" = "esm"): Promise<Bundle> {
  const builtIns: { name: string; importer: string }[] = [];
  const result = await bundle({
    stdin: { contents: program, resolveDir: root, sourcefile: "program.ts", loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    target: "es2022",
    format,
    ...(format === "iife" ? { globalName: "sdk" } : {}),
    legalComments: "none",
    logLevel: "silent",
    plugins: [builtInsPlugin(builtIns, root)],
  });
  const contents = result.outputFiles[0]?.contents ?? new Uint8Array();
  return {
    code: new TextDecoder().decode(contents),
    size: contents.length,
    gzip: gzipSync(contents, { level: 9 }).length,
    builtIns,
  };
}
