import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { join } from "node:path";

import { ScriptError } from "../../support/ScriptError.js";
import type { Answer } from "./TestRunner.js";
import type { Request } from "./testWorker.js";

/** How long tests may take whose own time is not known yet. */
const MOST_SECONDS = 900;
const LEAST_SECONDS = 60;

/** The behaviour tests of a copy of the tree in a process of their own, which is started anew after one that hangs or dies. */
export class TestSession {
  readonly #path: string;
  readonly #files: readonly string[];
  #worker: ChildProcess | undefined;
  #seconds = MOST_SECONDS;

  constructor(path: string, files: readonly string[]) {
    this.#path = path;
    this.#files = files;
  }

  /** Gives each run ten times as long as one without a mutant took: one that takes longer does not end. */
  expect(seconds: number): void {
    this.#seconds = Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, 10 * seconds));
  }

  /** The first failure of these test files; a run that ends the process, or that does not end, is one. */
  async firstFailure(files: readonly string[]): Promise<Answer> {
    const worker = this.#worker ?? (await this.#start());
    const answer = await this.#ask(worker, { files });
    if (answer !== undefined) return answer;
    this.close();
    return {
      tests: 0,
      failure: `the tests did not end within ${this.#seconds.toFixed(0)} seconds, or took the process with them`,
    };
  }

  close(): void {
    this.#worker?.kill("SIGKILL");
    this.#worker = undefined;
  }

  async #start(): Promise<ChildProcess> {
    const worker = fork(join(this.#path, "scripts/quality/mutation/testWorker.ts"), this.#files, {
      cwd: this.#path,
      execArgv: ["--import", "tsx"],
      env: { ...process.env, HH_TEST: "true", NODE_ENV: "test" },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    if ((await this.#ask(worker)) === undefined) {
      worker.kill("SIGKILL");
      throw new ScriptError("TestsNotLoaded", "The behaviour tests could not be loaded: run them alone to see why.");
    }
    this.#worker = worker;
    return worker;
  }

  /** The worker's next message; undefined when it ended or took too long. */
  #ask(worker: ChildProcess, request?: Request): Promise<Answer | undefined> {
    return new Promise((resolve) => {
      const end = (answer?: Answer): void => {
        clearTimeout(timer);
        worker.removeAllListeners();
        resolve(answer);
      };
      const timer = setTimeout(end, (request === undefined ? MOST_SECONDS : this.#seconds) * 1000);
      worker.once("message", (answer) => {
        end(answer as Answer);
      });
      worker.once("exit", () => {
        end();
      });
      if (request !== undefined) worker.send(request);
    });
  }
}
