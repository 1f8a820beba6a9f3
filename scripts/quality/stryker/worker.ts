/**
 * The tests of one file of the SDK, loaded once in Stryker's sandbox and run again for each mutant. Stryker compiles all
 * mutants of a file into one; which of them is alive stands in a global of its own.
 *
 *     worker.ts <socket> <test files…>
 *
 * Each line that comes in is a mutant's number, or empty for none; each line that goes out is an {@link Answer}.
 */
import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

import { TestRunner } from "../mutation/TestRunner.js";

const IDLE_SECONDS = 60;

type WithMutant = { __stryker__?: { activeMutant?: string | undefined } };

const [socket = "", ...files] = process.argv.slice(2);
const end = (): never => {
  rmSync(socket, { force: true });
  rmSync(`${socket}.pid`, { force: true });
  process.exit();
};

// What a test of the mutant before left behind says nothing of this one.
process.on("unhandledRejection", () => {});
writeFileSync(`${socket}.pid`, String(process.pid));
const runner = await TestRunner.load(files);
let idle = setTimeout(end, IDLE_SECONDS * 1000);
createServer((connection) => {
  createInterface(connection).once("line", (mutant) => {
    clearTimeout(idle);
    const instrumented = ((globalThis as WithMutant).__stryker__ ??= {});
    instrumented.activeMutant = mutant === "" ? undefined : mutant;
    void runner.run(files).then((answer) => {
      idle = setTimeout(end, IDLE_SECONDS * 1000);
      connection.end(`${JSON.stringify(answer)}\n`);
    });
  });
}).listen(socket);
