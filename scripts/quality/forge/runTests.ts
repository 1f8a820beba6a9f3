import { findUnreached } from "../../checks/campaigns/findUnreached.js";
import { readActions } from "../../checks/campaigns/readActions.js";
import type { Profile } from "../runForge.js";
import { OUT, runForge } from "../runForge.js";
import type { ForgeReport } from "./ForgeReport.js";

/** One run of forge: the tests that passed, as `file:contract.test`, and what is wrong, one sentence each. */
export type TestRun = {
  readonly report: ForgeReport;
  readonly passed: ReadonlySet<string>;
  readonly problems: readonly string[];
};

/** Runs the tests under a profile of foundry.toml. Nothing chosen by `options` means all of them. */
export function runTests(root: string, profile: Profile, options: readonly string[], fuzzRuns?: number): TestRun {
  const start = performance.now();
  const { status, stdout, stderr } = runForge(root, profile, ["test", "--json", ...options], fuzzRuns);
  let report: ForgeReport;
  try {
    report = JSON.parse(stdout.slice(stdout.indexOf("{"))) as ForgeReport;
  } catch {
    const problems = [`${profile}: forge exited with ${status}\n${stdout}${stderr}`];
    return { report: {}, passed: new Set(), problems };
  }
  const results = Object.entries(report).flatMap(([suite, { test_results }]) =>
    Object.entries(test_results).map(([test, result]) => [`${suite}.${test}`, result] as const),
  );
  const passed = results.filter(([, { status: state }]) => state === "Success").map(([test]) => test);
  const others = results.filter(([, { status: state }]) => state !== "Success");
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${profile}: ${passed.length} passed, ${others.length} did not, ${seconds} s`);

  const campaigns = results.flatMap(([name, { kind, status: state }]) =>
    kind.Invariant === undefined || state !== "Success" ? [] : [{ name, metrics: kind.Invariant.metrics }],
  );
  const files = [...new Set(Object.keys(report).map((suite) => suite.slice(0, suite.indexOf(":"))))];
  const whole = options.length === 0 && others.length === 0;
  return {
    report,
    passed: new Set(passed),
    problems: [
      ...others.map(([test, { status: state, reason }]) => `${profile}: ${state}: ${test} ${reason ?? ""}`),
      ...findUnreached(campaigns, readActions(root, OUT[profile], files), whole).map((each) => `${profile}: ${each}`),
      ...(status !== 0 && others.length === 0 ? [`${profile}: forge exited with ${status}`] : []),
    ],
  };
}
