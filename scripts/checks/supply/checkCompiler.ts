import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { Finding } from "./Finding.js";

/** The release that the suite is compiled with. */
const RELEASE = "0.8.37+commit.f401782d";

/**
 * SHA-256 of soljson-v0.8.37+commit.f401782d.js in the compiler's own list of releases (binaries.soliditylang.org,
 * bin/list.json).
 */
const PUBLISHED = "d73fead3cbc860438f56f4d1723677499cdef212d0f8890241748d2d5afc1c5f";

/**
 * SHA-256 of soljson.js in the npm package. The package's own build passes the published file through TypeScript, which
 * lays it out anew, so the two differ for every release, and only the maintainers can show that one came from the other.
 */
const PACKAGED = "221d7a667378b5068d913e75fe092507e061363cd1d23b64c49ae82febabad4c";

type Compiler = { readonly version: () => string };

/** Whether the compiler is, byte for byte, the one that was looked at, and calls itself the published release. */
export function checkCompiler(root: string): Finding[] {
  const path = "node_modules/solc/soljson.js";
  const hash = createHash("sha256")
    .update(readFileSync(`${root}/${path}`))
    .digest("hex");
  if (hash !== PUBLISHED && hash !== PACKAGED) {
    // Not loaded: what is not known is not run.
    return [{ place: path, problem: `has the SHA-256 ${hash}, expected ${PACKAGED}` }];
  }
  const { version } = createRequire(`${root}/package.json`)("solc") as Compiler;
  if (!version().startsWith(`${RELEASE}.`)) {
    return [{ place: path, problem: `calls itself ${version()}, expected ${RELEASE}` }];
  }
  return [];
}
