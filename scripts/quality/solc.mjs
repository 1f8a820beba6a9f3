#!/usr/bin/env node
/**
 * The npm package solc as the program that forge asks for, so that both test engines use the compiler that the lock file
 * pins. Answers `--version` and `--standard-json`.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const solc = createRequire(import.meta.url)("solc");
const options = process.argv.slice(2);

if (options.includes("--version")) {
  // forge knows the platforms of the native programs only.
  const version = solc.version().replace("Emscripten.clang", "Linux.g++");
  console.log(`solc, the solidity compiler commandline interface\nVersion: ${version}`);
} else if (options.includes("--standard-json")) {
  process.stdout.write(solc.compile(readFileSync(0, "utf8")));
} else {
  console.error(`Asked for ${options.join(" ")}, which this program does not know: give --version or --standard-json.`);
  process.exitCode = 1;
}
