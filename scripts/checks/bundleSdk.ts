import { builtinModules } from "node:module";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";

import { build as bundle, type Metafile, type Plugin } from "esbuild";

/** A bundle for browsers and what it weighs: what a page loads at once, without what it loads when it is used. */
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
    metafile: true,
    outdir: join(root, "bundle"),
    // What is imported when it is used becomes a file of its own, as web applications' tools make it.
    ...(format === "iife" ? { globalName: "sdk" } : { splitting: true }),
    legalComments: "none",
    logLevel: "silent",
    plugins: [builtInsPlugin(builtIns, root)],
  });
  const atOnce = loadedAtOnce(result.metafile);
  const files = result.outputFiles.filter(({ path }) =>
    atOnce.has(relative(process.cwd(), path).replaceAll("\\", "/")),
  );
  const contents = Buffer.concat(files.map((file) => file.contents));
  return {
    code: new TextDecoder().decode(contents),
    size: contents.length,
    gzip: gzipSync(contents, { level: 9 }).length,
    builtIns,
  };
}

/** The program's file and those that it imports by statements, and so on. */
function loadedAtOnce({ outputs }: Metafile): ReadonlySet<string> {
  const found = new Set<string>();
  const follow = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
      if (kind !== "dynamic-import" && external !== true) follow(next);
    }
  };
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint === "program.ts") follow(path);
  return found;
}
