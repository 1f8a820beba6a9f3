/**
 * Prints which lines and branches of the contracts the Solidity tests reach, as forge counts them, and which they miss; fails
 * below what is promised. Options go on to forge, as in `npm run coverage -- --match-path test/deals/*`: of a part of the tests
 * nothing is promised. Hardhat's coverage, which knows no branches, is `hardhat test --coverage`.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

import { writeFigures } from "./figures/writeFigures.js";
import { runForge } from "./runForge.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDERS = [
  "contracts/certificates/",
  "contracts/committee/",
  "contracts/deals/",
  "contracts/directory/",
  "contracts/rewards/",
  "contracts/utils/",
];
/** Of these forge counts nothing: they are compiled with the optimizer, without which they do not compile (foundry.toml). */
const UNCOUNTED = ["contracts/utils/P256Verifier.sol"];
const REPORT = "cache/forge/lcov.info";
/** In percent. */
const PROMISED = { lines: 100, branches: 98 };

type FileCoverage = {
  readonly path: string;
  readonly lines: readonly (readonly [line: number, hits: number])[];
  readonly branches: readonly (readonly [line: number, hits: number])[];
};

/** The files of an lcov report. */
function parse(report: string): FileCoverage[] {
  return report
    .split("end_of_record")
    .filter((record) => record.includes("SF:"))
    .map((record) => {
      const rows = record.trim().split("\n");
      const fields = (tag: string): string[][] =>
        rows.filter((row) => row.startsWith(`${tag}:`)).map((row) => row.slice(tag.length + 1).split(","));
      const count = (text: string | undefined): number => (text === undefined || text === "-" ? 0 : Number(text));
      return {
        path: relative(ROOT, join(ROOT, fields("SF")[0]?.[0] ?? "")),
        lines: fields("DA").map(([line, hits]) => [Number(line), count(hits)] as const),
        branches: fields("BRDA").map(([line, , , hits]) => [Number(line), count(hits)] as const),
      };
    });
}

function share(rows: readonly (readonly [number, number])[]): { readonly reached: number; readonly text: string } {
  const hit = rows.filter(([, hits]) => hits > 0).length;
  const reached = rows.length === 0 ? 100 : (100 * hit) / rows.length;
  return { reached, text: `${reached.toFixed(1).padStart(5)} % (${hit}/${rows.length})`.padEnd(20) };
}

function count(rows: readonly (readonly [number, number])[]): { readonly reached: number; readonly all: number } {
  return { reached: rows.filter(([, hits]) => hits > 0).length, all: rows.length };
}

function missed(rows: readonly (readonly [number, number])[]): string {
  return [...new Set(rows.filter(([, hits]) => hits === 0).map(([line]) => line))].join(", ");
}

function main(): void {
  mkdirSync(join(ROOT, dirname(REPORT)), { recursive: true });
  const options = process.argv.slice(2);
  const run = runForge(ROOT, "quick", ["coverage", "--report", "lcov", "--report-file", REPORT, ...options]);
  if (run.status !== 0) {
    console.error(`${run.stdout}${run.stderr}`);
    process.exitCode = 1;
    return;
  }
  const files = parse(readFileSync(join(ROOT, REPORT), "utf8"))
    .filter(({ path, lines }) => FOLDERS.some((folder) => path.startsWith(folder)) && lines.length > 0)
    .filter(({ path }) => !UNCOUNTED.includes(path))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const width = Math.max(...files.map(({ path }) => path.length));
  for (const { path, lines, branches } of files) {
    console.log(`${path.padEnd(width)}  lines ${share(lines).text}  branches ${share(branches).text}`);
  }
  for (const { path, lines, branches } of files) {
    if (missed(lines) !== "") console.log(`${path}: lines not reached: ${missed(lines)}`);
    if (missed(branches) !== "") console.log(`${path}: branches not reached in lines ${missed(branches)}`);
  }
  const total = {
    lines: share(files.flatMap(({ lines }) => lines)),
    branches: share(files.flatMap(({ branches }) => branches)),
  };
  console.log(`All: lines ${total.lines.text.trim()}, branches ${total.branches.text.trim()}`);
  if (options.length === 0) {
    const [lines, branches] = [files.flatMap((file) => file.lines), files.flatMap((file) => file.branches)];
    writeFigures(ROOT, "coverage", { lines: count(lines), branches: count(branches) });
  }
  const short = (["lines", "branches"] as const).filter((each) => total[each].reached < PROMISED[each]);
  for (const each of options.length === 0 ? short : []) {
    console.error(`Fewer ${each} are reached than promised: ${PROMISED[each]} %.`);
    process.exitCode = 1;
  }
  if (files.length === 0) process.exitCode = 1;
}

main();
