/**
 * The tests of one file of the SDK, loaded once in Stryker's sandbox and run again for each mutant. Stryker compiles all
 * mutants of a file into one; which of them is alive stands in a global of its own.
 *
 *     worker.ts <socket> <test files…>
 *
 * Each line that comes in is a mutant's number, or empty for none; each line that goes out is an {@link Answer}.
 *
 * What is reckoned once and kept would carry one mutant into the verdicts of all after it. So the tests run without one before the
 * first, and those that killed run without one after each: where they fail, the worker says that it is spent, and ends.
 */
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

import { type Answer, TestRunner } from "../mutation/TestRunner.js";

const IDLE_SECONDS = 60;
const LEAST_SECONDS = 10;

type WithMutant = { __stryker__?: { activeMutant?: string | undefined } };

const [socket = "", ...files] = process.argv.slice(2);
const activate = (mutant?: string): void => {
  ((globalThis as WithMutant).__stryker__ ??= {}).activeMutant = mutant;
};
const end = (): never => {
  rmSync(socket, { force: true });
  rmSync(`${socket}.pid`, { force: true });
  process.exit();
};

// What a test of the mutant before left behind says nothing of this one.
process.on("unhandledRejection", () => {});
const runner = await TestRunner.load(files);
const start = performance.now();
const first = await runner.run(files);
/** As for the contracts: a run that takes ten times as long as one without a mutant does not end. */
const seconds = Math.max(LEAST_SECONDS, (10 * (performance.now() - start)) / 1000);
writeFileSync(`${socket}.pid`, JSON.stringify({ pid: process.pid, seconds }));
let asked = 0;

async function judge(mutant: string): Promise<Answer & { readonly spent?: boolean; readonly first: boolean }> {
  if (mutant === "") return { ...first, first: true };
  asked += 1;
  activate(mutant);
  const answer = await runner.run(files);
  activate();
  const again = answer.failure === undefined ? answer : await runner.runKillers(files);
  return { ...answer, first: asked === 1, ...(again.failure === undefined ? {} : { spent: true }) };
}

let idle = setTimeout(end, IDLE_SECONDS * 1000);
createServer((connection) => {
  createInterface(connection).once("line", (mutant) => {
    clearTimeout(idle);
    void judge(mutant).then((answer) => {
      idle = setTimeout(end, IDLE_SECONDS * 1000);
      connection.end(`${JSON.stringify(answer)}\n`, () => {
        if (answer.spent === true) end();
      });
    });
  });
}).listen(socket);
