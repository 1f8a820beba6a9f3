import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const RESULTS = "docs/quality/mutation.json";

/** No file's tests may notice less than this part, in percent, of the mutants that they can notice. */
export const LEAST_SCORE = 90;

export type Survivor = {
  readonly line: number;
  readonly operator: string;
  readonly from: string;
  readonly to: string;
  /** The line it stands in, by which a later run finds the reason again. */
  readonly code: string;
  /** Why it may live. "the same: ..." says that it is no fault: whatever is put to it, it does what the source does. */
  readonly reason?: string;
};
export type FileResult = {
  /** The first bytes of the source's SHA-256: what the figures are of. */
  readonly source: string;
  readonly mutants: number;
  /** Those that a test ran against, or whose code was compared. */
  readonly tried: number;
  /** Those that do not compile, or compile to the code of the source: no test can say anything of them. */
  readonly stillborn: number;
  readonly killed: number;
  /** The verdict of each mutant, a letter each ({@link Verdicts}); of contracts only. */
  readonly verdicts?: string;
  readonly survivors: readonly Survivor[];
};
export type Results = Readonly<Record<string, FileResult>>;

/** The first bytes of a text's SHA-256, as figures name the source they are of. */
export function hashOf(source: string): string {
  return createHash("sha256").update(source).digest("hex").slice(0, 16);
}

export function readResults(root: string): Results {
  const path = join(root, RESULTS);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Results) : {};
}

export function writeResult(root: string, file: string, result: FileResult): void {
  const path = join(root, RESULTS);
  mkdirSync(dirname(path), { recursive: true });
  // Read anew each time: another run may have written meanwhile.
  const results = { ...readResults(root), [file]: result };
  const sorted = Object.fromEntries(Object.entries(results).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  // Put there at once, as the other may read meanwhile.
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, `${JSON.stringify(sorted, null, 2)}\n`);
  renameSync(aside, path);
}

/** Percent of a file's mutants that were noticed, of those that are faults. */
export function scoreOf({ tried, stillborn, killed, survivors }: Omit<FileResult, "source">): number {
  const equal = survivors.filter(({ reason }) => reason?.startsWith("the same: ")).length;
  return Number(((100 * killed) / Math.max(1, tried - stillborn - equal)).toFixed(1));
}

/** What a file's figures fall short of: the least score, and no survivor without a reason but a deleted event. */
export function shortcomings(file: string, result: FileResult): readonly string[] {
  const score = scoreOf(result);
  const alive = result.survivors.filter(({ from, reason }) => reason === undefined && !from.startsWith("emit "));
  return [
    ...(score < LEAST_SCORE ? [`${file}: ${score} % killed, less than ${LEAST_SCORE} %`] : []),
    ...alive.map(
      ({ line, from, to }) => `${file}:${line}: ${from.replaceAll(/\s+/gu, " ")} -> ${to} is alive, without a reason`,
    ),
  ];
}
