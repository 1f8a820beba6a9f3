/**
 * Changes one thing at a time in the contracts and runs their tests: a change that no test notices is a promise that no
 * test holds. Works in a copy of the tree. Results go to docs/quality/mutation.json, where each survivor may have a reason.
 *
 *     npm run test:mutation -- [--changed] [--max 40] [files…]
 *
 * `--changed` takes the files that differ from the branch main; without it and without files, all files of the list.
 */
import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { copyTree } from "./copyTree.js";
import type { Mutant } from "./mutation/findMutants.js";
import { findMutants, mutate } from "./mutation/findMutants.js";
import { ScriptError } from "../support/ScriptError.js";
import { runForge } from "./runForge.js";
import { runHardhat } from "./runHardhat.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RESULTS = "docs/quality/mutation.json";

/** What is mutated (money, signatures, states), and the folder of the tests that must notice. */
const FILES: Readonly<Record<string, string>> = {
  "contracts/deals/Referral.sol": "deals",
  "contracts/deals/DealTerms.sol": "deals",
  "contracts/deals/DealBase.sol": "deals",
  "contracts/deals/OfferBook.sol": "deals",
  "contracts/deals/SaleBook.sol": "deals",
  "contracts/deals/ReferralDeals.sol": "deals",
  "contracts/utils/Payments.sol": "deals",
  "contracts/utils/SignatureCheck.sol": "deals",
  "contracts/committee/CommitteeApprovals.sol": "committee",
  "contracts/committee/CommitteeRegistry.sol": "committee",
  "contracts/directory/Directory.sol": "directory",
};

type Verdict = "killed by forge" | "killed by mocha" | "does not compile" | "survived";
type Survivor = {
  readonly line: number;
  readonly operator: string;
  readonly from: string;
  readonly to: string;
  /** Why no test can notice, or why none does yet. */
  readonly reason?: string;
};
type FileResult = {
  readonly mutants: number;
  readonly tried: number;
  readonly stillborn: number;
  readonly killed: number;
  readonly score: number;
  readonly secondsPerMutant: number;
  readonly survivors: readonly Survivor[];
};
type Results = Record<string, FileResult>;

function readResults(): Results {
  return (existsSync(join(ROOT, RESULTS)) ? JSON.parse(readFileSync(join(ROOT, RESULTS), "utf8")) : {}) as Results;
}

/** A spread of at most `most` mutants over the whole file, the same in each run. */
function sample(mutants: readonly Mutant[], most: number): Mutant[] {
  if (mutants.length <= most) return [...mutants];
  return Array.from({ length: most }, (_, i) => mutants[Math.floor((i * mutants.length) / most)]).filter(
    (mutant) => mutant !== undefined,
  );
}

/** The copy compiles without viaIR, stops at the first failing test and leaves out what measures gas: faster by far. */
function hasten(path: string): void {
  const config = readFileSync(join(path, "hardhat.config.ts"), "utf8");
  const hastened = config
    .replace("viaIR: true", "viaIR: false")
    .replace(/runs: 50_000/u, "runs: 200")
    .replaceAll('type: "edr-simulated",', 'type: "edr-simulated", allowUnlimitedContractSize: true,')
    .replace("typechain: {", "typechain: { dontOverrideCompile: true,")
    .replace("test: {", 'test: { mocha: { bail: true, fgrep: "costs at most", invert: true },');
  if (!hastened.includes("bail: true") || hastened.includes("viaIR: true")) {
    throw new ScriptError(
      "ConfigUnknown",
      "hardhat.config.ts is not what hasten() in this script replaces. Mend hasten().",
    );
  }
  writeFileSync(join(path, "hardhat.config.ts"), hastened);
}

/** The behaviour tests of a folder. What measures gas, or the SDK, says nothing of a contract's behaviour. */
function behaviourTests(path: string, folder: string): string[] {
  return globSync(`test/${folder}/*.ts`, { cwd: path })
    .filter((file) => !/\/(?:gas|fixture|sdk-[^/]*)\.ts$/u.test(file))
    .toSorted();
}

/** What the tests of a folder say of the copy as it stands. */
function judge(path: string, folder: string): Verdict {
  if (globSync(`test/${folder}/*.t.sol`, { cwd: path }).length > 0) {
    const forge = runForge(path, "quick", ["test", "--fail-fast", "--match-path", `test/${folder}/*`]);
    if (/Compiler run failed|Compilation failed/u.test(`${forge.stdout}${forge.stderr}`)) return "does not compile";
    if (forge.status !== 0) return "killed by forge";
  }
  const mocha = runHardhat(path, ["test", "mocha", ...behaviourTests(path, folder)]);
  if (/HHE90[0-9]|Compilation failed/u.test(`${mocha.stdout}${mocha.stderr}`)) return "does not compile";
  return mocha.status === 0 ? "survived" : "killed by mocha";
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { changed: { type: "boolean", default: false }, max: { type: "string", default: "1000" } },
  });
  const changed = (): string[] =>
    execFileSync("git", ["diff", "--name-only", "main"], { cwd: ROOT, encoding: "utf8" }).split("\n");
  const wanted = positionals.length > 0 ? positionals : values.changed ? changed() : Object.keys(FILES);
  const files = wanted.filter((file) => FILES[file] !== undefined && existsSync(join(ROOT, file)));
  if (files.length === 0) {
    console.log("Nothing to mutate.");
    if (positionals.length > 0) process.exitCode = 1;
    return;
  }

  const copy = copyTree(ROOT, "mutation");
  try {
    hasten(copy.path);
    for (const folder of new Set(files.map((file) => FILES[file] ?? ""))) {
      const verdict = judge(copy.path, folder);
      if (verdict !== "survived") {
        console.error(`The tests of ${folder} fail without a mutant (${verdict}): there is nothing to learn.`);
        process.exitCode = 1;
        return;
      }
    }
    for (const file of files) {
      const source = readFileSync(join(copy.path, file), "utf8");
      const all = findMutants(source);
      const tried = sample(all, Number(values.max));
      const start = performance.now();
      const verdicts = tried.map((mutant) => {
        writeFileSync(join(copy.path, file), mutate(source, mutant));
        const verdict = judge(copy.path, FILES[file] ?? "");
        const change = `${mutant.from.replaceAll(/\s+/gu, " ").slice(0, 60)} -> ${mutant.to}`;
        console.log(`${verdict.padEnd(17)} ${file}:${mutant.line} ${mutant.operator}: ${change}`);
        return { mutant, verdict };
      });
      writeFileSync(join(copy.path, file), source);
      const count = (test: (verdict: Verdict) => boolean): number =>
        verdicts.filter(({ verdict }) => test(verdict)).length;
      const stillborn = count((verdict) => verdict === "does not compile");
      const killed = count((verdict) => verdict.startsWith("killed"));
      // Read anew each time: another run may have written meanwhile.
      const results = readResults();
      const before = results[file]?.survivors ?? [];
      results[file] = {
        mutants: all.length,
        tried: tried.length,
        stillborn,
        killed,
        score: Number(((100 * killed) / Math.max(1, tried.length - stillborn)).toFixed(1)),
        secondsPerMutant: Number(((performance.now() - start) / 1000 / tried.length).toFixed(1)),
        survivors: verdicts
          .filter(({ verdict }) => verdict === "survived")
          .map(({ mutant: { line, operator, from, to } }) => {
            const reason = before.find(
              (each) => each.from === from && each.to === to && each.operator === operator,
            )?.reason;
            return { line, operator, from, to, ...(reason === undefined ? {} : { reason }) };
          }),
      };
      const { score, survivors } = results[file];
      console.log(
        `${file}: ${killed} of ${tried.length - stillborn} killed (${score} %), ${survivors.length} survived`,
      );
      mkdirSync(join(ROOT, dirname(RESULTS)), { recursive: true });
      writeFileSync(join(ROOT, RESULTS), `${JSON.stringify(results, null, 2)}\n`);
    }
  } finally {
    copy.remove();
  }
}

main();
