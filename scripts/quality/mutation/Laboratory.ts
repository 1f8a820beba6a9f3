import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ScriptError } from "../../support/ScriptError.js";
import { copyTree } from "../copyTree.js";
import type { TreeCopy } from "../copyTree.js";
import { runForge } from "../runForge.js";
import type { Code } from "./compileContracts.js";
import { compileContracts } from "./compileContracts.js";
import { dependentsOf } from "./dependentsOf.js";
import { FILES, behaviourTests } from "./files.js";
import { TestSession } from "./TestSession.js";
import type { Verdict } from "./Verdicts.js";

export type Finding = { readonly verdict: Verdict; readonly by: string };

/** A file under mutation: its source, and the code that the contracts with it have. */
export type Subject = {
  readonly file: string;
  readonly source: string;
  readonly tests: readonly string[];
  readonly folders: readonly string[];
  readonly dependents: readonly string[];
  readonly code: ReadonlyMap<string, Code>;
};

/** A copy of the tree in which mutants are compiled and put to the tests. */
export class Laboratory {
  readonly #copy: TreeCopy;
  readonly #session: TestSession;
  readonly #quick: boolean;
  /** Sets of tests that passed without a mutant. */
  readonly #passed = new Set<string>();

  /** For these files. With `quick` the behaviour tests alone judge, and forge is not asked. */
  constructor(root: string, files: readonly string[], { quick = false }: { readonly quick?: boolean } = {}) {
    this.#quick = quick;
    this.#copy = copyTree(root, "mutation");
    const tests = new Set(files.flatMap((file) => behaviourTests(root, file)));
    this.#session = new TestSession(this.#copy.path, [...tests]);
  }

  /** Where the copy is. */
  get path(): string {
    return this.#copy.path;
  }

  remove(): void {
    this.#session.close();
    this.#copy.remove();
  }

  /** Prepares a file, and demands that its tests pass as it is. */
  async open(file: string): Promise<Subject> {
    const source = readFileSync(join(this.#copy.path, file), "utf8");
    const dependents = dependentsOf(this.#copy.path, file);
    const code = compileContracts(this.#copy.path, dependents, {});
    if (code === undefined) throw new ScriptError("SourceInvalid", `${file} does not compile.`);
    const tests = behaviourTests(this.#copy.path, file);
    const subject = { file, source, tests, folders: FILES[file]?.solidity ?? [], dependents, code };
    this.#plant(code);
    if (!this.#passed.has(tests.join())) await this.#demandPass(subject);
    this.#passed.add(tests.join());
    return subject;
  }

  /** Gives the contracts back their own code. `isLast` demands that the tests pass again: no mutant left anything behind. */
  async close(subject: Subject, isLast: boolean): Promise<void> {
    this.#plant(subject.code);
    if (isLast) await this.#demandPass(subject);
  }

  /** What the tests say of a mutant: the behaviour tests first, the Solidity tests when those let it live. */
  async judge(subject: Subject, mutated: string): Promise<Finding> {
    const { file, dependents, code, tests, folders } = subject;
    const mutant = compileContracts(this.#copy.path, dependents, { [file]: mutated });
    if (mutant === undefined) return { verdict: "does not compile", by: "" };
    if (isSame(code, mutant)) return { verdict: "same code", by: "without the optimizer" };
    this.#plant(mutant);
    const { failure } = await this.#session.firstFailure(tests);
    if (failure !== undefined) return { verdict: "killed by mocha", by: failure };

    if (this.#quick) return { verdict: "survived", by: "" };
    const place = join(this.#copy.path, file);
    try {
      writeFileSync(place, mutated);
      const forge = this.#forge(folders);
      if (forge !== undefined) return { verdict: "killed by forge", by: forge };
    } finally {
      writeFileSync(place, subject.source);
    }
    const [before, after] = [{}, { [file]: mutated }].map((changed) =>
      compileContracts(this.#copy.path, dependents, changed, { optimized: true }),
    );
    if (before !== undefined && after !== undefined && isSame(before, after)) {
      return { verdict: "same code", by: "with the optimizer" };
    }
    return { verdict: "survived", by: "" };
  }

  /** Twice: were it the first run that makes the second one fail, each mutant would seem to be killed. */
  async #demandPass({ file, tests }: Subject): Promise<void> {
    for (const run of ["first", "second"]) {
      const start = performance.now();
      const { tests: passed, failure } = await this.#session.firstFailure(tests);
      this.#session.expect((performance.now() - start) / 1000);
      if (failure !== undefined || passed === 0) {
        const what = `The tests of ${file} fail without a mutant in the ${run} run: ${failure ?? "there are none"}`;
        throw new ScriptError("TestsFail", what);
      }
      console.log(`${file}: ${passed} behaviour tests pass without a mutant`);
    }
  }

  /** The first failure under forge; undefined when the Solidity tests pass. */
  #forge(folders: readonly string[]): string | undefined {
    const files = folders.flatMap((folder) => globSync(`test/${folder}/*.t.sol`, { cwd: this.#copy.path }));
    if (files.length === 0) return undefined;
    const path = folders.length === 1 ? `test/${folders.join("")}/*` : `test/{${folders.join(",")}}/*`;
    const { status, stdout, stderr } = runForge(this.#copy.path, "quick", [
      "test",
      "--fail-fast",
      "--match-path",
      path,
    ]);
    if (status === 0) return undefined;
    return /\[FAIL[^\n]*/u.exec(stdout)?.[0] ?? `${stdout}${stderr}`.slice(-300);
  }

  #plant(code: ReadonlyMap<string, Code>): void {
    for (const [key, { bytecode, deployedBytecode }] of code) {
      const [file = "", name = ""] = key.split(":");
      const place = join(this.#copy.path, "artifacts", file, `${name}.json`);
      const artifact = JSON.parse(readFileSync(place, "utf8")) as Record<string, unknown>;
      writeFileSync(place, JSON.stringify({ ...artifact, bytecode, deployedBytecode }));
    }
  }
}

function isSame(a: ReadonlyMap<string, Code>, b: ReadonlyMap<string, Code>): boolean {
  return [...a].every(([key, { deployedBytecode, bytecode }]) => {
    const other = b.get(key);
    return other?.deployedBytecode === deployedBytecode && other.bytecode === bytecode;
  });
}
