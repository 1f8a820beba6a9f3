/**
 * Changes one thing at a time in the SDK, by Stryker, and runs the tests of the file. Files that have the same tests are
 * mutated together, since Stryker takes half a minute to begin. Results go beside those of the contracts, to
 * docs/quality/mutation.json, as soon as such a group is through: an interrupted run goes on with the group it was at.
 *
 *     npm run test:mutation:sdk -- [--changed] [--anew] [files…]
 *
 * Without files, those whose written results are of an earlier source or fall short; with `--anew` all. Fails as
 * `npm run test:mutation` does: where less than 90 % were killed, or a mutant is alive without a reason.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { ScriptError } from "../support/ScriptError.js";
import { runMain } from "../support/runMain.js";
import { changedFiles } from "./mutation/changedFiles.js";
import type { FileResult, Survivor } from "./mutation/results.js";
import { hashOf, LEAST_SCORE, readResults, scoreOf, shortcomings, writeResult } from "./mutation/results.js";
import { SDK_FILES } from "./stryker/files.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = "cache/stryker";

type Place = { readonly line: number; readonly column: number };
type Report = {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly mutants: readonly {
          readonly mutatorName: string;
          readonly replacement?: string;
          readonly status: string;
          readonly location: { readonly start: Place; readonly end: Place };
        }[];
      }
    >
  >;
};

function hashOfFile(file: string): string {
  return hashOf(readFileSync(join(ROOT, file), "utf8"));
}

/** Runs Stryker on files that have the same tests. */
function run(files: readonly string[], tests: string): Report {
  const report = `${FOLDER}/report.json`;
  const options = {
    mutate: files,
    testRunner: "command",
    commandRunner: { command: `node scripts/quality/stryker/ask.mjs ${tests}` },
    // What an error says is for people; its code is a type, and the compiler holds it.
    mutator: { excludedMutations: ["StringLiteral"] },
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: report },
    ignorePatterns: ["/cache", "/docs", "/bench", "/sdk/dist"],
    tempDirName: `${FOLDER}/sandboxes`,
    concurrency: 1,
    timeoutMS: 600_000,
    disableTypeChecks: false,
    checkers: [],
    allowEmpty: true,
  };
  mkdirSync(join(ROOT, FOLDER), { recursive: true });
  writeFileSync(join(ROOT, FOLDER, "options.json"), JSON.stringify(options, null, 2));
  const program = join(ROOT, "node_modules/@stryker-mutator/core/bin/stryker.js");
  const { status } = spawnSync(process.execPath, [program, "run", `${FOLDER}/options.json`], {
    cwd: ROOT,
    stdio: "inherit",
  });
  if (status !== 0) {
    throw new ScriptError("StrykerFailed", `Stryker ended with ${status ?? "a signal"} on ${files.join(", ")}.`);
  }
  return JSON.parse(readFileSync(join(ROOT, report), "utf8")) as Report;
}

/** The text between two places, of which Stryker counts lines and columns from 1. */
function textAt(lines: readonly string[], start: Place, end: Place): string {
  return lines
    .slice(start.line - 1, end.line)
    .map((line, i, all) =>
      line.slice(i === 0 ? start.column - 1 : 0, i === all.length - 1 ? end.column - 1 : undefined),
    )
    .join("\n");
}

function resultOf(file: string, report: Report): FileResult {
  const lines = readFileSync(join(ROOT, file), "utf8").split("\n");
  const mutants = report.files[file]?.mutants ?? [];
  const count = (...statuses: readonly string[]): number =>
    mutants.filter(({ status }) => statuses.includes(status)).length;
  const tried = mutants.length - count("Ignored");
  const killed = count("Killed", "Timeout");
  const stillborn = count("CompileError", "RuntimeError");
  const reasons = [...(readResults(ROOT)[file]?.survivors ?? [])];
  const survivors = mutants
    .filter(({ status }) => status === "Survived" || status === "NoCoverage")
    .map(({ mutatorName: operator, replacement: to = "", location: { start, end } }): Survivor => {
      const code = (lines[start.line - 1] ?? "").trim();
      const from = textAt(lines, start, end);
      const at = reasons.findIndex(
        (each) => each.code === code && each.from === from && each.to === to && each.operator === operator,
      );
      const reason = at < 0 ? undefined : reasons.splice(at, 1)[0]?.reason;
      return { line: start.line, operator, from, to, code, ...(reason === undefined ? {} : { reason }) };
    });
  return {
    source: hashOfFile(file),
    mutants: tried,
    tried,
    stillborn,
    killed,
    survivors,
  };
}

function isDone(file: string): boolean {
  const result = readResults(ROOT)[file];
  return result?.source === hashOfFile(file) && shortcomings(file, result).length === 0;
}

function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { anew: { type: "boolean", default: false }, changed: { type: "boolean", default: false } },
  });
  const wanted = positionals.length > 0 ? positionals : values.changed ? changedFiles(ROOT) : Object.keys(SDK_FILES);
  const files = wanted.filter((file) => SDK_FILES[file] !== undefined && existsSync(join(ROOT, file)));
  if (files.length === 0) console.log("Nothing to mutate.");
  const open = files.filter((file) => positionals.length > 0 || values.anew || !isDone(file));
  const testsOf = (file: string): string => (SDK_FILES[file] ?? []).join(" ");
  for (const tests of new Set(open.map(testsOf))) {
    const group = open.filter((file) => testsOf(file) === tests);
    const report = run(group, tests);
    for (const file of group) {
      const result = resultOf(file, report);
      writeResult(ROOT, file, result);
      console.log(`${file}: ${result.killed} of ${result.tried - result.stillborn} killed (${scoreOf(result)} %)`);
    }
  }
  const results = readResults(ROOT);
  const found = files.flatMap((file) => {
    const result = results[file];
    return result === undefined ? [`${file}: no mutant was tried`] : shortcomings(file, result);
  });
  for (const each of found) console.error(each);
  console.log(`${files.length} files, ${found.length} shortcomings (at least ${LEAST_SCORE} %)`);
  return Promise.resolve(found.length > 0 || (files.length === 0 && positionals.length > 0) ? 1 : 0);
}

await runMain(main);
