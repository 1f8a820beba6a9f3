/**
 * Makes every generated file anew and fails where one was missing, stale or left over. The files are fresh afterwards, so
 * that committing them mends it.
 */
import { execFileSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const GENERATED = ["typechain-types/**/*.ts", "sdk/src/generated/*.ts", "deployments/31337.json", "docs/errors.md"];

/** In order: the bindings and the local chain's record from the contracts, then what the SDK and the docs take from them. */
const GENERATORS: readonly (readonly string[])[] = [
  ["hardhat", "build"],
  ["tsx", "scripts/deploy.ts", "--network", "hardhat"],
  ["tsx", "scripts/generate.ts"],
  ["tsx", "scripts/generate-errors.ts"],
];

/** TypeChain lists the contracts in the order in which they were compiled, which is another one on each machine. */
const LISTS = ["typechain-types/hardhat.d.ts", "typechain-types/index.ts"];

function sortedLines(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .sort()
    .join("\n");
}

function snapshot(): ReadonlyMap<string, string> {
  const files = globSync(GENERATED, { cwd: ROOT });
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(ROOT, file), "utf8");
      return [file, LISTS.includes(file.replaceAll("\\", "/")) ? sortedLines(text) : text];
    }),
  );
}

const before = snapshot();
for (const [program = "", ...options] of GENERATORS) {
  execFileSync(join(ROOT, "node_modules/.bin", program), options, {
    cwd: ROOT,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}
const after = snapshot();

const problems = [
  ...[...after.keys()].filter((file) => !before.has(file)).map((file) => `missing: ${file}`),
  ...[...before.keys()].filter((file) => !after.has(file)).map((file) => `left over: ${file}`),
  ...[...after]
    .filter(([file, text]) => before.has(file) && before.get(file) !== text)
    .map(([file]) => `stale: ${file}`),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) console.error("These files are made anew now. Look at the differences and commit them.");
console.log(`${after.size} generated files, ${problems.length} problems.`);
process.exitCode = problems.length > 0 ? 1 : 0;
