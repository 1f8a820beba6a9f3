/**
 * Writes vectors/openssl.json: what this machine's OpenSSL makes, and what it says of chains, so that the tests can be held against it
 * on machines that have none. Keys go at once.
 */
import { writeFileSync } from "node:fs";

import { authorities, longPaths } from "../test/helpers/authorities.js";
import { makeCertificate, makeChain, makeRequest, opensslKinds, opensslVersion } from "../test/helpers/openssl.js";
import { ScriptError } from "./support/ScriptError.js";
import { runMain } from "./support/runMain.js";

await runMain(() => {
  if (opensslVersion === undefined) throw new ScriptError("OpensslMissing", "There is no OpenSSL. Install it first.");
  const chains = [...authorities.map(([, authority, below]) => [authority, below]), ...longPaths.map(([all]) => all)];
  const made = {
    maker: opensslVersion,
    certificates: Object.fromEntries(opensslKinds.map(([kind, options]) => [kind, makeCertificate(options)])),
    request: makeRequest(),
    chains: Object.fromEntries(chains.map((extensions) => [extensions.join("\n\n"), makeChain(extensions)])),
  };
  writeFileSync(new URL("../vectors/openssl.json", import.meta.url), `${JSON.stringify(made, null, 2)}\n`);
  return Promise.resolve(0);
});
