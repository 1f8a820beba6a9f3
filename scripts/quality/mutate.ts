/**
 * Changes one thing at a time in the contracts and runs their tests: a change that no test notices is a promise that no
 * test holds. Works in a copy of the tree. Results go to docs/quality/mutation.json, where each survivor may have a reason.
 *
 *     npm run test:mutation -- [--changed | --check] [--max 40] [--anew] [--quick] [files…]
 *
 * `--changed` takes the files that differ from the branch main; without it and without files, all files of the list. What was
 * killed is remembered in cache/mutation/ and not killed again while its source is the same, unless with `--anew`; what
 * survived is tried again each time. `--quick` asks the behaviour tests alone, and leaves forge for the next run. `--check` runs nothing: it says what the written results fall short of. Fails where
 * less than 90 % of a file's mutants were killed, or one is alive without a reason.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { runMain } from "../support/runMain.js";
import { changedFiles } from "./mutation/changedFiles.js";
import { FILES } from "./mutation/files.js";
import type { Mutant } from "./mutation/findMutants.js";
import { findMutants, mutate } from "./mutation/findMutants.js";
import { Laboratory } from "./mutation/Laboratory.js";
import type { Entry } from "./mutation/Ledger.js";
import { Ledger } from "./mutation/Ledger.js";
import type { FileResult, Survivor } from "./mutation/results.js";
import { readResults, shortcomings, writeResult } from "./mutation/results.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LEDGER = join(ROOT, "cache/mutation/verdicts.jsonl");

/** A spread of at most `most` mutants over the whole file, the same in each run. */
function sample(mutants: readonly Mutant[], most: number): Mutant[] {
  if (mutants.length <= most) return [...mutants];
  return Array.from({ length: most }, (_, i) => mutants[Math.floor((i * mutants.length) / most)]).filter(
    (mutant) => mutant !== undefined,
  );
}

type Source = { readonly source: string; readonly hash: string };

function sourceOf(root: string, file: string): Source {
  const source = readFileSync(join(root, file), "utf8");
  return { source, hash: createHash("sha256").update(source).digest("hex").slice(0, 16) };
}

/** What is known of a file's mutants, with the reasons that were written beside its survivors. */
function resultOf(file: string, { source, hash }: Source, ledger: Ledger): FileResult {
  const lines = source.split("\n");
  const mutants = findMutants(source);
  const known = mutants
    .map((mutant) => ({ mutant, entry: ledger.of(hash, mutant) }))
    .filter((each): each is { mutant: Mutant; entry: Entry } => each.entry !== undefined);
  const count = (test: (entry: Entry) => boolean): number => known.filter(({ entry }) => test(entry)).length;
  const stillborn = count(({ verdict }) => verdict === "does not compile" || verdict === "same code");
  const killed = count(({ verdict }) => verdict.startsWith("killed"));
  const reasons = [...(readResults(ROOT)[file]?.survivors ?? [])];
  const survivors = known
    .filter(({ entry }) => entry.verdict === "survived")
    .map(({ mutant: { line, operator, from, to } }): Survivor => {
      const code = (lines[line - 1] ?? "").trim();
      const at = reasons.findIndex(
        (each) => each.code === code && each.from === from && each.to === to && each.operator === operator,
      );
      const reason = at < 0 ? undefined : reasons.splice(at, 1)[0]?.reason;
      return { line, operator, from, to, code, ...(reason === undefined ? {} : { reason }) };
    });
  const seconds = known.reduce((sum, { entry }) => sum + entry.seconds, 0);
  return {
    source: hash,
    mutants: mutants.length,
    tried: known.length,
    stillborn,
    killed,
    score: Number(((100 * killed) / Math.max(1, known.length - stillborn)).toFixed(1)),
    secondsPerMutant: Number((seconds / Math.max(1, known.length)).toFixed(1)),
    survivors,
  };
}

async function tryMutants(
  laboratory: Laboratory,
  file: string,
  most: number,
  ledger: Ledger,
  isLast: boolean,
): Promise<void> {
  // The copy's source: the tree may change while this runs.
  const { source, hash } = sourceOf(laboratory.path, file);
  const open = sample(findMutants(source), most).filter(
    (mutant) => (ledger.of(hash, mutant)?.verdict ?? "survived") === "survived",
  );
  if (open.length > 0) {
    const subject = await laboratory.open(file);
    for (const mutant of open) {
      const start = performance.now();
      const { verdict, by } = await laboratory.judge(subject, mutate(source, mutant));
      const seconds = Number(((performance.now() - start) / 1000).toFixed(1));
      ledger.add(hash, mutant, { verdict, by, seconds });
      const change = `${mutant.from.replaceAll(/\s+/gu, " ").slice(0, 60)} -> ${mutant.to}`;
      console.log(`${verdict.padEnd(16)} ${seconds} s ${file}:${mutant.line} ${mutant.operator}: ${change}`);
    }
    await laboratory.close(subject, isLast);
  }
  const result = resultOf(file, { source, hash }, ledger);
  writeResult(ROOT, file, result);
  const { killed, tried, stillborn, score, survivors } = result;
  console.log(`${file}: ${killed} of ${tried - stillborn} killed (${score} %), ${survivors.length} survived`);
}

/** Says what the results of these files fall short of; gives the exit code. */
function judgeResults(files: readonly string[]): number {
  const results = readResults(ROOT);
  const found = files.flatMap((file) => {
    const result = results[file];
    if (result === undefined) return [`${file}: no mutant was tried`];
    if (result.source !== sourceOf(ROOT, file).hash) console.log(`${file}: the figures are of an earlier source`);
    return shortcomings(file, result);
  });
  for (const each of found) console.error(each);
  console.log(`${files.length} files, ${found.length} shortcomings`);
  return found.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      anew: { type: "boolean", default: false },
      changed: { type: "boolean", default: false },
      check: { type: "boolean", default: false },
      max: { type: "string", default: "1000" },
      quick: { type: "boolean", default: false },
    },
  });
  const wanted = positionals.length > 0 ? positionals : values.changed ? changedFiles(ROOT) : Object.keys(FILES);
  const files = wanted.filter((file) => FILES[file] !== undefined && existsSync(join(ROOT, file)));
  if (files.length === 0) {
    console.log("Nothing to mutate.");
    return positionals.length > 0 ? 1 : 0;
  }
  if (values.check) return judgeResults(files);

  if (values.anew) rmSync(LEDGER, { force: true });
  const ledger = new Ledger(LEDGER);
  const laboratory = new Laboratory(ROOT, files, { quick: values.quick });
  try {
    for (const file of files) await tryMutants(laboratory, file, Number(values.max), ledger, file === files.at(-1));
  } finally {
    laboratory.remove();
  }
  return judgeResults(files);
}

await runMain(main);
