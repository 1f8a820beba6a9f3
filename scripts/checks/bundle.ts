/**
 * Bundles the SDK for browsers and fails where it takes something from Node, or has grown beyond its limit. The limits are
 * bytes, minified and compressed; raise one only with the reason in the commit.
 */
import { join } from "node:path";

import { bundleSdk } from "./bundleSdk.js";

const PROGRAMS = [
  {
    name: "connect, with all clients",
    source: 'import { Guildhall } from "./sdk/src/index.ts"; console.log(Guildhall);',
    limit: 128_000,
  },
  {
    name: "read and verify documents alone",
    source:
      'import { parseDocument, verifyDocument } from "./sdk/src/index.ts"; console.log(parseDocument, verifyDocument);',
    limit: 46_000,
  },
  { name: "everything", source: 'export * from "./sdk/src/index.ts";', limit: 163_000 },
  {
    name: "a web application: a browser's wallet and all clients",
    source:
      'import { BrowserProvider } from "ethers"; import { Guildhall } from "./sdk/src/index.ts"; console.log(BrowserProvider, Guildhall);',
    limit: 181_000,
  },
  {
    name: "everything of the entry for certificates",
    source: 'export * from "./sdk/src/certificates/index.ts";',
    limit: 92_000,
  },
] as const;

/**
 * What may name a module of Node: HPKE looks for `crypto` by a dynamic import where the platform has no WebCrypto, which no
 * browser of today does. Bundlers leave such an import as it is.
 */
const TOLERATED = /^node_modules\/@hpke\/common\//u;

const root = join(import.meta.dirname, "../..");
const faults: string[] = [];
for (const { name, source, limit } of PROGRAMS) {
  const { size, gzip, builtIns } = await bundleSdk(root, source);
  console.log(`${name}: ${size} bytes, ${gzip} compressed (limit ${limit})`);
  if (gzip > limit) faults.push(`${name}: ${gzip} bytes are more than the limit of ${limit}.`);
  const offenders = builtIns.filter(({ importer }) => !TOLERATED.test(importer.replaceAll("\\", "/")));
  for (const found of offenders) faults.push(`${name}: ${found.importer} imports ${found.name}, which browsers lack.`);
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
