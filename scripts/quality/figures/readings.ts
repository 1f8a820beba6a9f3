import { ALL_CANARIES } from "../canaries/allCanaries.js";
import type { FileRuns } from "../forge/countRuns.js";
import { FILES } from "../mutation/files.js";
import type { FileResult, Results } from "../mutation/results.js";
import { hashOf, LEAST_SCORE, scoreOf } from "../mutation/results.js";
import { SDK_FILES } from "../stryker/files.js";
import type { ReadFigures, Reading, ReadSource } from "./Reading.js";

type Share = { readonly reached: number; readonly all: number };

/** The tests of P3 that put nothing into an approval but luck. */
const RAW_BYTES = /^testFuzz_no\w*BytesApprove$/u;

const reached = (yes: boolean): Reading["state"] => (yes ? "reached" : "partly");
const percent = ({ reached: hit, all }: Share): number => (all === 0 ? 0 : (100 * hit) / all);
const inWords = (share: Share): string => `${percent(share).toFixed(1)} % (${share.reached} of ${share.all})`;

/**
 * What the files that commands wrote say of each promise: `docs/quality/<name>.json`. A promise without a line here stands on
 * what docs/quality/figures.json says of it by hand; one with a line is never said to be more than its files show.
 */
export const READINGS: Readonly<Record<string, (read: ReadFigures, readSource: ReadSource) => Reading | undefined>> = {
  P1: (read) => {
    const deep = read("deep") as Readonly<Record<string, FileRuns>> | undefined;
    const campaigns = Object.entries(deep ?? {}).filter(([, { campaigns: count }]) => count > 0);
    if (campaigns.length === 0) return undefined;
    const failed = campaigns.reduce((sum, [, { failed: count }]) => sum + count, 0);
    const enough = campaigns.every(([, { campaignRuns, calls }]) => campaignRuns >= 1_000 && calls >= 200_000);
    const list = campaigns.map(([file, { campaignRuns, calls }]) => `${file} ${campaignRuns} runs, ${calls} calls`);
    return { state: reached(enough && failed === 0), figure: `deep: ${list.join("; ")}; ${failed} failed` };
  },
  P2: (read) => {
    const failures = read("failures") as
      | {
          readonly rows: number;
          readonly provoked: number;
          readonly declared: number;
          readonly unreachable: number;
          readonly problems: number;
        }
      | undefined;
    if (failures === undefined) return undefined;
    const { rows, provoked, declared, unreachable, problems } = failures;
    return {
      state: reached(problems === 0 && provoked > 0 && provoked + unreachable === declared),
      figure: `${rows} rows provoke ${provoked} of ${declared} errors, ${unreachable} are unreachable; ${problems} problems`,
    };
  },
  P3: (read) => {
    const deep = read("deep") as Readonly<Record<string, FileRuns>> | undefined;
    const files = Object.entries(deep ?? {}).filter(([file]) => /committee\/\w*Approvals\.t\.sol$/u.test(file));
    const tests = files.flatMap(([, { fuzzRuns }]) => Object.entries(fuzzRuns));
    const raw = tests.filter(([test]) => RAW_BYTES.test(test)).map(([, runs]) => runs);
    if (raw.length === 0) return undefined;
    const others = tests.filter(([test]) => !RAW_BYTES.test(test)).map(([, runs]) => runs);
    const failed = files.reduce((sum, [, { failed: count }]) => sum + count, 0);
    const figures = [
      `${Math.min(...raw)} runs of each of ${raw.length} tests of raw bytes`,
      ...(others.length === 0 ? [] : [`${Math.min(...others)} of each of ${others.length} other tests of approvals`]),
      `${failed} failed`,
    ];
    return {
      state: reached(Math.min(...raw) >= 100_000 && failed === 0),
      figure: `deep: ${figures.join(", ")}`,
    };
  },
  P4: (read) => {
    const proofs = read("proofs") as { readonly proved: number; readonly failed: number } | undefined;
    if (proofs === undefined) return undefined;
    const { proved, failed } = proofs;
    return {
      state: reached(failed === 0 && proved > 0),
      figure: `${proved} proved, over both pipelines, ${failed} failed`,
    };
  },
  P5: (read, readSource) => {
    const results = (read("mutation") as Results | undefined) ?? {};
    const files = Object.values(results);
    if (files.length === 0) return undefined;
    const untried = [...Object.keys(FILES), ...Object.keys(SDK_FILES)].filter((file) => results[file] === undefined);
    const sum = (of: (file: FileResult) => number): number => files.reduce((total, file) => total + of(file), 0);
    const [killed, tried, all] = [sum((f) => f.killed), sum((f) => f.tried - f.stillborn), sum((f) => f.mutants)];
    const open = sum(({ survivors }) => survivors.filter(({ reason }) => reason === undefined).length);
    const changed = Object.entries(results).filter(([file, { source }]) => hashOf(readSource(file) ?? "") !== source);
    const done = files.every((f) => f.tried === f.mutants && scoreOf(f) >= LEAST_SCORE) && open === 0;
    return {
      state: reached(done && untried.length === 0 && changed.length === 0),
      figure: [
        `${killed} of ${tried} mutants killed, of ${all} in ${files.length} files`,
        `${open} alive without a reason`,
        ...(untried.length === 0 ? [] : [`${untried.length} files of the list were not tried`]),
        ...(changed.length === 0 ? [] : [`changed since: ${changed.map(([file]) => file).join(", ")}`]),
      ].join("; "),
    };
  },
  P6: (read) => {
    const coverage = read("coverage") as { readonly lines: Share; readonly branches: Share } | undefined;
    if (coverage === undefined) return undefined;
    const { lines, branches } = coverage;
    return {
      state: reached(percent(lines) >= 100 && percent(branches) >= 98),
      figure: `lines ${inWords(lines)}, branches ${inWords(branches)}`,
    };
  },
  P7: (read) => {
    const engines = read("engines") as
      | {
          readonly files: number;
          readonly passed: Readonly<Record<string, number>>;
          readonly problems: number;
        }
      | undefined;
    if (engines === undefined) return undefined;
    const { files, passed, problems } = engines;
    const counts = Object.entries(passed).map(([pipeline, count]) => `${count} under forge (${pipeline})`);
    return {
      state: reached(problems === 0),
      figure: `Solidity tests of ${files} files that passed: ${counts.join(", ")}; ${problems} differences or failures`,
    };
  },
  P9: (read) => {
    const written = read("canaries") as Readonly<Record<string, string>> | undefined;
    if (written === undefined) return undefined;
    const verdicts = ALL_CANARIES.map(({ name }) => [name, written[name] ?? "not planted"] as const);
    const named = (verdict: string): readonly string[] =>
      verdicts.filter(([, each]) => each === verdict).map(([name]) => name);
    const red = named("red").length;
    const left = named("not planted").length;
    const skipped = named("skipped");
    const failed = [...named("GREEN"), ...named("red, but for another reason")];
    return {
      state: reached(red === verdicts.length),
      figure: [
        `${red} of ${verdicts.length} planted faults turned their gate red`,
        ...(left === 0 ? [] : [`${left} were not planted since`]),
        ...(skipped.length === 0 ? [] : [`left out for want of a program: ${skipped.join(", ")}`]),
        ...(failed.length === 0 ? [] : [`not noticed: ${failed.join(", ")}`]),
      ].join("; "),
    };
  },
  P12: (read) => {
    const builds = read("reproducible") as
      { readonly contracts: number; readonly recorded: number; readonly problems: number } | undefined;
    if (builds === undefined) return undefined;
    const { contracts, recorded, problems } = builds;
    return {
      state: reached(problems === 0 && contracts > 0),
      figure: `${contracts} contracts built twice from nothing, and for Cancun, ${recorded} recorded ones compared, ${problems} differences`,
    };
  },
};
