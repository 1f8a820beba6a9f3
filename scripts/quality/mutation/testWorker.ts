/**
 * The behaviour tests, loaded once and run again for each mutant: what makes a mutant cost a second. Started by
 * {@link TestSession} in the copy of the tree; each message is a set of test files to run, each answer the first failure.
 *
 * Between two runs the chains go back to what they were when the files were loaded, and forget their snapshots.
 */
import { relative } from "node:path";

import { network } from "hardhat";
import Mocha from "mocha";

export type Request = {
  readonly files: readonly string[];
};
export type Answer = {
  readonly tests: number;
  /** The first test that failed, with its message; undefined when all passed. */
  readonly failure?: string;
};

type Connection = Awaited<ReturnType<typeof network.create>>;
type Chain = { readonly connection: Connection; snapshot: string };

const TEST_SECONDS = 30;

const chains: Chain[] = [];
const mocha = new Mocha({
  bail: true,
  timeout: TEST_SECONDS * 1000,
  reporter: class extends Mocha.reporters.Base {
    override epilogue(): void {}
  },
});
const killedBy = new Map<Mocha.Suite, number>();
/** The tests that killed last, newest first: neighbours in the source mostly die of the same tests. */
const killers: string[] = [];
const MOST_KILLERS = 12;

/** Remembers each chain that a test file opens, and lets it have contracts as large as they are without the optimizer. */
async function load(files: readonly string[]): Promise<void> {
  const create = network.create.bind(network);
  network.create = async (chosen) => {
    const options = typeof chosen === "string" ? { network: chosen } : (chosen ?? {});
    const connection = await create({
      ...options,
      override: { allowUnlimitedContractSize: true, ...options.override },
    });
    chains.push({ connection, snapshot: "" });
    return connection;
  };
  for (const file of files) mocha.addFile(file);
  await mocha.loadFilesAsync();
  mocha.cleanReferencesAfterRun(false);
  for (const chain of chains) chain.snapshot = await snapshotOf(chain);
}

async function snapshotOf({ connection }: Chain): Promise<string> {
  return String(await connection.provider.request({ method: "evm_snapshot", params: [] }));
}

async function reset(): Promise<void> {
  for (const chain of chains) {
    await chain.connection.provider.request({ method: "evm_revert", params: [chain.snapshot] });
    chain.snapshot = await snapshotOf(chain);
    chain.connection.networkHelpers.clearSnapshots();
  }
}

/** Those of these files, first the ones that killed most mutants so far. */
function choose(all: readonly Mocha.Suite[], files: readonly string[]): Mocha.Suite[] {
  return all
    .filter((suite) => files.includes(relative(process.cwd(), suite.file ?? "")))
    .toSorted((a, b) => (killedBy.get(b) ?? 0) - (killedBy.get(a) ?? 0));
}

/** Runs the tests that `filter` lets through, up to the first failure. */
async function runSome(filter: Pick<Mocha.MochaOptions, "grep"> & { invert: boolean }): Promise<Answer> {
  mocha.options.grep = filter.grep ?? "";
  (mocha.options as { invert?: boolean }).invert = filter.invert;
  let failure: string | undefined;
  let tests = 0;
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => {
      resolve();
    });
    runner.on("pass", () => {
      tests += 1;
    });
    runner.on("fail", (test: Mocha.Runnable, error: unknown) => {
      failure ??= `${test.titlePath().join(" > ")}: ${String(error)}`.slice(0, 300);
      let suite = test.parent;
      while (suite?.parent?.parent !== undefined) suite = suite.parent;
      if (suite !== undefined) killedBy.set(suite, (killedBy.get(suite) ?? 0) + 1);
      const title = test.fullTitle();
      const before = killers.indexOf(title);
      if (before >= 0) killers.splice(before, 1);
      killers.unshift(title);
      killers.splice(MOST_KILLERS);
    });
  });
  return { tests, ...(failure === undefined ? {} : { failure }) };
}

async function run(all: readonly Mocha.Suite[], { files }: Request): Promise<Answer> {
  await reset();
  mocha.suite.suites = choose(all, files);
  if (killers.length > 0) {
    const escaped = killers.map((title) => title.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
    const answer = await runSome({ grep: new RegExp(`^(?:${escaped.join("|")})$`, "u"), invert: false });
    if (answer.failure !== undefined) return answer;
  }
  return runSome({ grep: /costs at most/u, invert: true });
}

// What a test of the mutant before left behind says nothing of this one.
process.on("unhandledRejection", () => {});
await load(process.argv.slice(2));
const suites = [...mocha.suite.suites];
process.on("message", (request: Request) => {
  void run(suites, request).then((answer) => process.send?.(answer));
});
process.send?.({ tests: 0 });
