/**
 * Changes one thing at a time in the contracts and runs their tests: a change that no test notices is a promise that no
 * test holds. Works in a copy of the tree. Results go to docs/quality/mutation.json, where each survivor may have a reason.
 *
 *     npm run test:mutation -- [--changed | --check] [--max 40] [--anew] [--quick] [files…]
 *
 * `--changed` takes the files that differ from the branch main; without it and without files, all files of the list. The results
 * hold each mutant's verdict: while its source is the same, what was killed is not killed again, unless with `--anew`; what
 * survived is tried again each time, until a reason stands beside it. `--quick` asks the behaviour tests alone, and leaves forge for the next run. `--check` runs nothing: it says what the written results fall short of. Fails where
 * less than 90 % of a file's mutants were killed, or one is alive without a reason.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { runMain } from "../support/runMain.js";
import { changedFiles } from "./mutation/changedFiles.js";
import { FILES } from "./mutation/files.js";
import { findMutants, mutate } from "./mutation/findMutants.js";
import { Laboratory } from "./mutation/Laboratory.js";
import type { FileResult, Survivor } from "./mutation/results.js";
import { hashOf, readResults, scoreOf, shortcomings, writeResult } from "./mutation/results.js";
import { Verdicts } from "./mutation/Verdicts.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The places of at most `most` of so many mutants, spread over the whole file, the same in each run. */
function spread(mutants: number, most: number): number[] {
  const count = Math.min(mutants, most);
  return Array.from({ length: count }, (_, i) => Math.floor((i * mutants) / count));
}

type Source = { readonly source: string; readonly hash: string };

function sourceOf(root: string, file: string): Source {
  const source = readFileSync(join(root, file), "utf8");
  return { source, hash: hashOf(source) };
}

/** What is known of a file's mutants, with the reasons that were written beside its survivors. */
function resultOf(file: string, { source, hash }: Source, verdicts: Verdicts): FileResult {
  const lines = source.split("\n");
  const mutants = findMutants(source);
  const stillborn = verdicts.count("does not compile", "same code");
  const killed = verdicts.count("killed by mocha", "killed by forge");
  const tried = stillborn + killed + verdicts.count("survived");
  const reasons = [...(readResults(ROOT)[file]?.survivors ?? [])];
  const survivors = mutants
    .filter((_, i) => verdicts.of(i) === "survived")
    .map(({ line, operator, from, to }): Survivor => {
      const code = (lines[line - 1] ?? "").trim();
      const at = reasons.findIndex(
        (each) => each.code === code && each.from === from && each.to === to && each.operator === operator,
      );
      const reason = at < 0 ? undefined : reasons.splice(at, 1)[0]?.reason;
      return { line, operator, from, to, code, ...(reason === undefined ? {} : { reason }) };
    });
  return {
    source: hash,
    mutants: mutants.length,
    tried,
    stillborn,
    killed,
    verdicts: String(verdicts),
    survivors,
  };
}

async function tryMutants(
  laboratory: Laboratory,
  file: string,
  { most, anew, isLast }: { readonly most: number; readonly anew: boolean; readonly isLast: boolean },
): Promise<void> {
  // The copy's source: the tree may change while this runs.
  const of = sourceOf(laboratory.path, file);
  const mutants = findMutants(of.source);
  const before = anew ? undefined : readResults(ROOT)[file];
  const verdicts = new Verdicts(mutants.length, before?.source === of.hash ? before.verdicts : undefined);
  // Survivors stand in the order of their mutants.
  const alive = mutants.flatMap((_, i) => (verdicts.of(i) === "survived" ? [i] : []));
  const explained = new Set(alive.filter((_, i) => before?.survivors[i]?.reason !== undefined));
  const open = spread(mutants.length, most).filter(
    (i) => (verdicts.of(i) ?? "survived") === "survived" && !explained.has(i),
  );
  if (open.length > 0) {
    const subject = await laboratory.open(file);
    for (const i of open) {
      const mutant = mutants[i];
      if (mutant === undefined) continue;
      const start = performance.now();
      const { verdict, by } = await laboratory.judge(subject, mutate(of.source, mutant));
      verdicts.set(i, verdict);
      // At once: an interrupted run goes on from here.
      writeResult(ROOT, file, resultOf(file, of, verdicts));
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      const change = `${mutant.from.replaceAll(/\s+/gu, " ").slice(0, 60)} -> ${mutant.to}`;
      console.log(
        `${verdict.padEnd(16)} ${seconds} s ${file}:${mutant.line} ${mutant.operator}: ${change} ${by}`.trimEnd(),
      );
    }
    await laboratory.close(subject, isLast);
  }
  const result = resultOf(file, of, verdicts);
  writeResult(ROOT, file, result);
  const { killed, tried, stillborn, survivors } = result;
  console.log(`${file}: ${killed} of ${tried - stillborn} killed (${scoreOf(result)} %), ${survivors.length} survived`);
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

  const laboratory = new Laboratory(ROOT, files, { quick: values.quick });
  try {
    for (const file of files) {
      const isLast = file === files.at(-1);
      await tryMutants(laboratory, file, { most: Number(values.max), anew: values.anew, isLast });
    }
  } finally {
    laboratory.remove();
  }
  return judgeResults(files);
}

await runMain(main);
