import { createHash } from "node:crypto";

import type { Canary } from "./Canary.js";
import { npm } from "./npm.js";

/** Drawn anew by nobody: it looks like a key and opens nothing. */
const KEY = createHash("sha256").update("canary").digest("hex");

/** Each kind of secret, in each kind of file that one may slip into. */
const SECRETS: readonly (readonly [kind: string, file: string, text: string, says: RegExp])[] = [
  ["a key with 0x in JSON", "scripts/canary.json", `{ "key": "0x${KEY}" }\n`, /canary\.json:1: is a 32-byte word/u],
  ["a key in YAML", ".github/canary.yaml", `key: ${KEY}\n`, /canary\.yaml:1: is a 32-byte word/u],
  ["an environment file", ".env.local", "A=1\n", /\.env\.local:1: is an environment file/u],
  ["a PEM key", "scripts/canary.pem", ["-----BEGIN", "EC PRIVATE KEY-----"].join(" "), /looks like a PEM private key/u],
];

export const SECRET_CANARIES: readonly Canary[] = SECRETS.map(([kind, file, text, says]) => ({
  name: `secrets: ${kind}`,
  gate: [npm("check:supply", "--only", "secrets")],
  says,
  plant: ({ write }) => {
    write(file, text);
  },
}));
