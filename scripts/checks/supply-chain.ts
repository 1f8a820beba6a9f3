/**
 * Holds what is installed against what was agreed: the lock file's rules, the compiler's bytes, the licences, and that no
 * tracked file has a secret. `--write` writes docs/licences.md; `--only lock,compiler,licences,secrets` runs a part.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { checkCompiler } from "./supply/checkCompiler.js";
import type { Lock, Manifest } from "./supply/checkLock.js";
import { checkInstalled, checkLock } from "./supply/checkLock.js";
import type { Finding } from "./supply/Finding.js";
import { checkLicences, licencesPage } from "./supply/licences.js";
import { scanSecrets } from "./supply/scanSecrets.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PAGE = "docs/licences.md";
const LARGEST_TEXT = 4_000_000;

const readJson = (path: string): unknown => JSON.parse(readFileSync(join(ROOT, path), "utf8"));

function lockFindings(lock: Lock): Finding[] {
  const root = readJson("package.json") as Manifest;
  const manifests = Object.fromEntries(
    ["", ...(root.workspaces ?? [])].map((folder) => [folder, readJson(join(folder, "package.json")) as Manifest]),
  );
  return [...checkLock(lock, manifests), ...checkInstalled(lock, readJson("node_modules/.package-lock.json") as Lock)];
}

function licenceFindings(lock: Lock, write: boolean): Finding[] {
  const page = licencesPage(lock);
  if (write) writeFileSync(join(ROOT, PAGE), page);
  const fresh = existsSync(join(ROOT, PAGE)) && readFileSync(join(ROOT, PAGE), "utf8") === page;
  return [
    ...checkLicences(lock),
    ...(fresh ? [] : [{ place: PAGE, problem: "is not fresh; run npm run check:supply -- --write" }]),
  ];
}

function secretFindings(files: readonly string[]): Finding[] {
  return files.flatMap((path) => {
    const bytes = readFileSync(join(ROOT, path));
    if (bytes.length > LARGEST_TEXT) return [{ place: path, problem: "is too large to be scanned for secrets" }];
    return bytes.includes(0) ? [] : scanSecrets(path, bytes.toString("utf8"));
  });
}

function main(): void {
  const only = process.argv.indexOf("--only");
  const parts = only < 0 ? ["lock", "compiler", "licences", "secrets"] : (process.argv[only + 1] ?? "").split(",");
  const lock = readJson("package-lock.json") as Lock;
  const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" })
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(ROOT, path)));
  const checks: Readonly<Record<string, () => readonly [Finding[], string]>> = {
    lock: () => [lockFindings(lock), `${Object.keys(lock.packages).length} entries`],
    compiler: () => [checkCompiler(ROOT), "node_modules/solc/soljson.js"],
    licences: () => [licenceFindings(lock, process.argv.includes("--write")), PAGE],
    secrets: () => [secretFindings(tracked), `${tracked.length} tracked files`],
  };
  for (const part of parts) {
    const check = checks[part];
    if (check === undefined) {
      console.error(`There is no part ${part}: name one of ${Object.keys(checks).join(", ")}.`);
      process.exitCode = 2;
      return;
    }
    const [findings, subject] = check();
    console.log(`${part}: ${findings.length === 0 ? "as agreed" : `${findings.length} findings`} (${subject})`);
    for (const { place, problem } of findings) console.error(`  ${place}: ${problem}`);
    if (findings.length > 0) process.exitCode = 1;
  }
}

main();
