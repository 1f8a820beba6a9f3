/**
 * How many tests a runner says passed and failed, from its closing lines.
 *
 * Both of Hardhat's runners exit 0 when they ran nothing, so no test at all counts as a failure; so does a skipped one, and
 * an exit code that the counts do not explain.
 */
export function countTests(output: string, exitCode: number): { readonly passed: number; readonly failed: number } {
  const sum = (word: string): number =>
    [...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, "gm"))].reduce((total, [, n]) => total + Number(n), 0);
  const passed = sum("passing");
  const failed = sum("failing") + sum("pending") + sum("skipped");
  const unexplained = (passed + failed === 0 || exitCode !== 0) && failed === 0;
  return { passed, failed: failed + (unexplained ? 1 : 0) };
}
