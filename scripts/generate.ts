/**
 * Writes sdk/src/generated/ from the compiled interfaces and the deployment records, so that browsers need no file
 * system and viem users get literal types. With --check it writes nothing and fails where a file is stale.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { standardErrorsAbi } from "../sdk/src/core/errors/standardErrors.js";
import { generateAbis } from "./generate/generateAbis.js";
import { generateDeployments } from "./generate/generateDeployments.js";
import { generateSignatureProbe } from "./generate/generateSignatureProbe.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "sdk/src/generated");

const files: Readonly<Record<string, string>> = {
  "abis.ts": generateAbis(root, new Set(standardErrorsAbi.map(({ name }) => name))),
  "deployments.ts": generateDeployments(root),
  "signatureProbe.ts": generateSignatureProbe(root),
};

if (process.argv.includes("--check")) {
  const stale = Object.entries(files)
    .filter(([name, text]) => !existsSync(join(target, name)) || readFileSync(join(target, name), "utf8") !== text)
    .map(([name]) => name);
  const strangers = existsSync(target) ? readdirSync(target).filter((name) => files[name] === undefined) : [];
  if (stale.length + strangers.length > 0) {
    console.error(`Not fresh in sdk/src/generated: ${[...stale, ...strangers].join(", ")}. Run "npm run generate".`);
    process.exitCode = 1;
  }
} else {
  mkdirSync(target, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    const path = join(target, name);
    if (!existsSync(path) || readFileSync(path, "utf8") !== text) writeFileSync(path, text);
  }
}
