/**
 * Runs every Solidity test under forge, with both compiler pipelines: another engine than Hardhat's, and another code
 * generator. Fails when a test fails, when a test file has no test that ran, and when the pipelines ran different tests.
 * With `--deep` it runs once, with viaIR, and for long. What else follows on the command line goes to forge, as in
 * `npm run test:forge -- --match-path test/deals/*`.
 */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Profile } from "./runForge.js";
import { PIPELINES, runForge } from "./runForge.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

type TestResult = { readonly status: "Success" | "Failure" | "Skipped"; readonly reason?: string | null };
type Report = Readonly<Record<string, { readonly test_results: Readonly<Record<string, TestResult>> }>>;

/** The tests that passed, as `file:contract.test`; undefined after saying what went wrong. */
function run(pipeline: Profile, options: readonly string[]): ReadonlySet<string> | undefined {
  const start = performance.now();
  const { status, stdout, stderr } = runForge(ROOT, pipeline, ["test", "--json", ...options]);
  const json = stdout.slice(stdout.indexOf("{"));
  let report: Report;
  try {
    report = JSON.parse(json) as Report;
  } catch {
    console.error(`${pipeline}: forge exited with ${status}\n${stdout}${stderr}`);
    return undefined;
  }
  const results = Object.entries(report).flatMap(([suite, { test_results }]) =>
    Object.entries(test_results).map(([test, result]) => [`${suite}.${test}`, result] as const),
  );
  const passed = results.filter(([, { status: state }]) => state === "Success").map(([test]) => test);
  const others = results.filter(([, { status: state }]) => state !== "Success");
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${pipeline}: ${passed.length} passed, ${others.length} did not, ${seconds} s`);
  for (const [test, { status: state, reason }] of others) console.error(`  ${state}: ${test} ${reason ?? ""}`);
  return others.length === 0 && status === 0 ? new Set(passed) : undefined;
}

function main(): void {
  const options = process.argv.slice(2).filter((option) => option !== "--deep");
  const profiles: readonly Profile[] = process.argv.includes("--deep") ? ["deep"] : PIPELINES;
  const runs = profiles.map((profile) => run(profile, options));
  const passed = runs.filter((run) => run !== undefined);
  const [first, second = first] = passed;
  if (passed.length < profiles.length || first === undefined || second === undefined) {
    process.exitCode = 1;
    return;
  }
  const problems = [
    ...[...first].filter((test) => !second.has(test)).map((test) => `ran with viaIR only: ${test}`),
    ...[...second].filter((test) => !first.has(test)).map((test) => `ran without viaIR only: ${test}`),
  ];
  if (first.size === 0) problems.push("no test ran");
  if (options.length === 0) {
    const files = globSync("test/**/*.t.sol", { cwd: ROOT });
    const silent = files.filter((file) => ![...first].some((test) => test.startsWith(`${file}:`)));
    problems.push(...silent.map((file) => `no test of ${file} ran`));
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

main();
