import { relative } from "node:path";

import { network } from "hardhat";
import Mocha from "mocha";

export type Answer = {
  /** How many passed. */
  readonly tests: number;
  /** The first test that failed, with its message; undefined when all passed. */
  readonly failure?: string;
};

type Connection = Awaited<ReturnType<typeof network.create>>;
type Chain = { readonly connection: Connection; snapshot: string };
type Filter = { readonly grep: RegExp; readonly invert: boolean };

const TEST_SECONDS = 120;
const MOST_KILLERS = 12;
/** What measures gas says nothing of what the code does. */
const ALL: Filter = { grep: /costs at most/u, invert: true };

async function snapshotOf({ connection }: Chain): Promise<string> {
  return String(await connection.provider.request({ method: "evm_snapshot", params: [] }));
}

/**
 * Behaviour tests that are loaded once and run again for each mutant: what makes a mutant cost a second.
 *
 * Between two runs the chains go back to what they were when the files were loaded, and forget their snapshots.
 */
export class TestRunner {
  readonly #chains: readonly Chain[];
  readonly #mocha: Mocha;
  readonly #suites: readonly Mocha.Suite[];
  readonly #killedBy = new Map<Mocha.Suite, number>();
  /** The tests that killed last, newest first: neighbours in the source mostly die of the same tests. */
  readonly #killers: string[] = [];

  private constructor(chains: readonly Chain[], mocha: Mocha) {
    this.#chains = chains;
    this.#mocha = mocha;
    this.#suites = [...mocha.suite.suites];
  }

  /** Loads test files. The chains that they open may have contracts as large as they are without the optimizer. */
  static async load(files: readonly string[]): Promise<TestRunner> {
    const chains: Chain[] = [];
    const open = network.create.bind(network);
    const create: typeof network.create = async (chosen) => {
      const options = typeof chosen === "string" ? { network: chosen } : (chosen ?? {});
      return open({ ...options, override: { allowUnlimitedContractSize: true, ...options.override } });
    };
    network.create = async (chosen) => {
      const connection = await create(chosen);
      chains.push({ connection, snapshot: "" });
      return connection;
    };
    const mocha = new Mocha({
      bail: true,
      timeout: TEST_SECONDS * 1000,
      reporter: class extends Mocha.reporters.Base {
        override epilogue(): void {}
      },
    });
    for (const file of files) mocha.addFile(file);
    await mocha.loadFilesAsync();
    mocha.cleanReferencesAfterRun(false);
    // What a test opens while it runs ends with it.
    network.create = create;
    for (const chain of chains) chain.snapshot = await snapshotOf(chain);
    return new TestRunner(chains, mocha);
  }

  /** Runs these files up to the first failure: first the tests that killed last, then all. */
  async run(files: readonly string[]): Promise<Answer> {
    await this.#reset();
    this.#choose(files);
    const answer = await this.#runKillers();
    return answer.failure === undefined ? this.#runSome(ALL) : answer;
  }

  /** Runs the tests that killed last once more, for what a mutant may have left behind. */
  async runKillers(files: readonly string[]): Promise<Answer> {
    await this.#reset();
    this.#choose(files);
    return this.#runKillers();
  }

  #choose(files: readonly string[]): void {
    this.#mocha.suite.suites = this.#suites
      .filter((suite) => files.includes(relative(process.cwd(), suite.file ?? "")))
      .toSorted((a, b) => this.#worthOf(b) - this.#worthOf(a));
  }

  async #runKillers(): Promise<Answer> {
    if (this.#killers.length === 0) return { tests: 0 };
    const titles = this.#killers.map((title) => title.replaceAll(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
    return this.#runSome({ grep: new RegExp(`^(?:${titles.join("|")})$`, "u"), invert: false });
  }

  async #reset(): Promise<void> {
    for (const chain of this.#chains) {
      await chain.connection.provider.request({ method: "evm_revert", params: [chain.snapshot] });
      chain.snapshot = await snapshotOf(chain);
      chain.connection.networkHelpers.clearSnapshots();
    }
  }

  async #runSome({ grep, invert }: Filter): Promise<Answer> {
    const options: { grep?: RegExp | string | undefined; invert?: boolean | undefined } = this.#mocha.options;
    options.grep = grep;
    options.invert = invert;
    let failure: string | undefined;
    let tests = 0;
    await new Promise<void>((resolve) => {
      const runner = this.#mocha.run(() => {
        resolve();
      });
      runner.on("pass", () => {
        tests += 1;
      });
      runner.on("fail", (test: Mocha.Runnable, error: unknown) => {
        failure ??= `${test.titlePath().join(" > ")}: ${String(error)}`.slice(0, 300);
        this.#remember(test);
      });
    });
    return { tests, ...(failure === undefined ? {} : { failure }) };
  }

  /** How many mutants a suite killed, for each test it takes. */
  #worthOf(suite: Mocha.Suite): number {
    return (this.#killedBy.get(suite) ?? 0) / Math.max(1, suite.total());
  }

  #remember(test: Mocha.Runnable): void {
    let suite = test.parent;
    while (suite?.parent?.parent !== undefined) suite = suite.parent;
    if (suite !== undefined) this.#killedBy.set(suite, (this.#killedBy.get(suite) ?? 0) + 1);
    const title = test.fullTitle();
    const before = this.#killers.indexOf(title);
    if (before >= 0) this.#killers.splice(before, 1);
    this.#killers.unshift(title);
    this.#killers.splice(MOST_KILLERS);
  }
}
