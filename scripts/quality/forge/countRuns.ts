import type { ForgeReport } from "./ForgeReport.js";

/** How much luck the tests of one file had. */
export type FileRuns = {
  readonly tests: number;
  readonly failed: number;
  /** Of each fuzz test, by its name. */
  readonly fuzzRuns: Readonly<Record<string, number>>;
  /** Of each campaign of invariants; the least of them. */
  readonly campaigns: number;
  readonly campaignRuns: number;
  readonly calls: number;
};

/** The figures of each file of some reports. */
export function countRuns(reports: readonly ForgeReport[]): Readonly<Record<string, FileRuns>> {
  const files = new Map<string, FileRuns>();
  const least = (a: number, b: number): number => (a === 0 ? b : Math.min(a, b));
  for (const [suite, { test_results }] of reports.flatMap((report) => Object.entries(report))) {
    const file = suite.slice(0, suite.lastIndexOf(":"));
    for (const [test, { status, kind }] of Object.entries(test_results)) {
      const name = test.replace(/\(.*$/u, "");
      const sum = files.get(file) ?? { tests: 0, failed: 0, fuzzRuns: {}, campaigns: 0, campaignRuns: 0, calls: 0 };
      files.set(file, {
        tests: sum.tests + 1,
        failed: sum.failed + (status === "Success" ? 0 : 1),
        fuzzRuns: kind.Fuzz === undefined ? sum.fuzzRuns : { ...sum.fuzzRuns, [name]: kind.Fuzz.runs },
        campaigns: sum.campaigns + (kind.Invariant === undefined ? 0 : 1),
        campaignRuns: kind.Invariant === undefined ? sum.campaignRuns : least(sum.campaignRuns, kind.Invariant.runs),
        calls: kind.Invariant === undefined ? sum.calls : least(sum.calls, kind.Invariant.calls),
      });
    }
  }
  return Object.fromEntries([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
