import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { AssertionError } from "chai";

const ROOT = join(import.meta.dirname, "../..");

/** The demo in a process of its own, as a user starts it. */
export class DemoProcess {
  readonly lines: string[] = [];
  readonly errors: string[] = [];
  readonly process: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #watchers = new Set<() => void>();

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.process = spawn(process.execPath, ["--import", "tsx", "scripts/demo.ts", ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#ended = once(this.process, "close");
    for (const [stream, into] of [
      [this.process.stdout, this.lines],
      [this.process.stderr, this.errors],
    ] as const) {
      if (stream === null) continue;
      createInterface({ input: stream }).on("line", (line) => {
        into.push(line);
        for (const look of this.#watchers) look();
      });
    }
  }

  /** The first line that matches, as soon as it is there; fails where the process ends without. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    const found = Promise.withResolvers<RegExpExecArray>();
    const look = (): void => {
      for (const line of this.lines) {
        const match = pattern.exec(line);
        if (match !== null) found.resolve(match);
      }
    };
    this.#watchers.add(look);
    look();
    const ended = this.#ended.then((): never => {
      throw new AssertionError(`The demo ended without a line like ${pattern.source}:\n${this.errors.join("\n")}`);
    });
    try {
      return await Promise.race([found.promise, ended]);
    } finally {
      this.#watchers.delete(look);
      ended.catch(() => undefined);
    }
  }

  /** The process id of a party. */
  async pidOf(party: string): Promise<number> {
    return Number((await this.line(new RegExp(`${party} is process (\\d+) `)))[1]);
  }

  /** The exit code, once it has ended; null where a signal ended it. */
  async exitCode(): Promise<number | null> {
    await this.#ended;
    return this.process.exitCode;
  }

  /** The ids of all party processes of which it told. */
  get parties(): readonly number[] {
    return this.lines.flatMap((line) => {
      const pid = / is process (\d+) /.exec(line)?.[1];
      return pid === undefined ? [] : [Number(pid)];
    });
  }
}
