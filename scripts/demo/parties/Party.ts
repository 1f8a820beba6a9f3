import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

import { ScriptError } from "../../support/ScriptError.js";
import type { FromParty, PartyRole, Person, Setup, StepReport, ToParty } from "./messages.js";

/** Milliseconds after which a party's own patience must have ended. */
const SLACK = 10_000;

/** Who hears what a party does. */
export type PartyListener = {
  readonly onStep: (party: string, report: StepReport) => void;
  /** The party failed, fell silent or died: the run is over. */
  readonly onFault: (error: ScriptError) => void;
};

/** A party in a process of its own, seen from outside. Its key never leaves that process. */
export class Party {
  readonly name: string;
  readonly role: PartyRole;
  /** Once it has introduced itself. */
  readonly hello: Promise<Person>;
  /** Once it has played its part and its process has ended well. */
  readonly done: Promise<unknown>;
  readonly #process: ChildProcess;
  readonly #listener: PartyListener;
  #patience: number;
  readonly #said: string[] = [];
  /** One for each moment: settled once it has done all that it does before it. */
  readonly #ready: PromiseWithResolvers<undefined>[] = [];
  #moments = 0;
  #watch: NodeJS.Timeout | undefined;
  #waitsFor = "its first word";
  #finished = false;
  #over = false;

  /** `program` is what its process runs. */
  constructor(program: string, name: string, role: PartyRole, patience: number, listener: PartyListener) {
    this.name = name;
    this.role = role;
    this.#patience = patience;
    this.#listener = listener;
    const hello = Promise.withResolvers<Person>();
    const done = Promise.withResolvers<undefined>();
    this.hello = hello.promise;
    this.done = done.promise;
    this.#process = fork(program, [role, name], { execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"] });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream?.on("data", (chunk: Buffer) => this.#said.push(chunk.toString()));
    }
    this.#process.on("message", (message: FromParty) => {
      this.expect();
      switch (message.type) {
        case "hello":
          hello.resolve(message.person);
          this.#rest();
          break;
        case "step":
          listener.onStep(name, message);
          break;
        case "waiting":
          this.#waitsFor = message.for;
          break;
        case "ready-for-moment":
          this.#rest();
          this.#readyFor(this.#moments++).resolve(undefined);
          break;
        case "done":
          this.#finished = true;
          break;
        case "failed":
          this.#fault("PartyFailed", `${name} failed: ${message.reason}`);
      }
    });
    this.#process.on("error", (error) => {
      this.#fault("PartyFailed", `${name} could not be started: ${error.message}`);
    });
    this.#process.on("exit", (code, signal) => {
      this.#rest();
      if (this.#finished && code === 0) {
        done.resolve(undefined);
        return;
      }
      const how = signal === null ? `ended with exit code ${code ?? "none"}` : `was ended by ${signal}`;
      const last = this.#said.join("").trim().split("\n").slice(-5).join(" ");
      this.#fault("PartyDied", `${name} ${how} before its part was played${last === "" ? "" : ` (${last})`}.`);
    });
    this.expect();
  }

  /** The id of its process. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Lets it begin. */
  play(setup: Setup): void {
    const message: ToParty = { type: "play", setup };
    // What a party waits for in vain is its own to tell; this is for one that tells nothing.
    this.#patience = setup.patience + SLACK;
    this.#waitsFor = "its first step";
    this.expect();
    this.#process.send(message);
  }

  /** Once it has done all that it does before a moment; they are counted from 0 on. */
  readyForMoment(moment: number): Promise<unknown> {
    return this.#readyFor(moment).promise;
  }

  /** The moment is there: it must go on, unless it waits for the next one already. */
  resume(moment: number): void {
    if (this.#moments === moment + 1) this.expect();
  }

  /** From now on it must report something within its patience. */
  expect(): void {
    this.#rest();
    if (this.#finished) return;
    this.#watch = setTimeout(() => {
      this.#fault(
        "PartyHung",
        `${this.name} reported nothing for ${this.#patience / 1000} s; it last waited for ${this.#waitsFor}.`,
      );
    }, this.#patience);
  }

  /** Ends its process, whatever it is doing. */
  async end(): Promise<void> {
    this.#over = true;
    this.#rest();
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await ended;
  }

  #readyFor(moment: number): PromiseWithResolvers<undefined> {
    return (this.#ready[moment] ??= Promise.withResolvers<undefined>());
  }

  #rest(): void {
    clearTimeout(this.#watch);
  }

  #fault(code: string, message: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#listener.onFault(new ScriptError(code, message, { party: this.name, pid: this.pid }));
  }
}
