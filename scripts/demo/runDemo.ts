import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { hexlify, JsonRpcProvider } from "ethers";
import hre from "hardhat";

import { ScriptError } from "../support/ScriptError.js";
import { checkBooks } from "./books/checkBooks.js";
import { readBooks } from "./books/readBooks.js";
import { planMoment, type PlanMomentOptions } from "./chain/planMoment.js";
import { connectSince } from "./chain/connectSince.js";
import { reachMoment } from "./chain/reachMoment.js";
import { connectFunder } from "./deployment/connectFunder.js";
import { deploySuiteTo } from "./deployment/deploySuiteTo.js";
import { deployToken } from "./deployment/deployToken.js";
import { fund } from "./deployment/fund.js";
import { Cast } from "./parties/Cast.js";
import type { StepReport } from "./parties/messages.js";
import { formatBooks } from "./report/formatBooks.js";
import { formatSteps } from "./report/formatSteps.js";
import type { Progress } from "./report/Progress.js";
import { Script } from "./stories/Script.js";
import { balancesAtEnd, balancesAtMoment, castRoles, endowments, stories } from "./stories/stories.js";

/** Where to play. */
export type RunDemoParameters = PlanMomentOptions & {
  readonly url: string;
  readonly progress: Progress;
  /** Fires when the run is to be given up. */
  readonly signal: AbortSignal;
};

/** What the run leaves on the chain. */
export type DemoResult = {
  readonly directory: string;
  readonly token: string;
};

/** How long a process may take to come up, in milliseconds. */
const START = 60_000;

/**
 * Deploys the suite, lets every party play its part in a process of its own, and checks what they did and the books.
 *
 * @throws {ScriptError} `PartyFailed`, `PartyDied`, `PartyHung`, `StepUnexpected`, `StepsMissing`, `BooksWrong`,
 * `Interrupted`; and what deploying refuses.
 */
export async function runDemo(parameters: RunDemoParameters): Promise<DemoResult> {
  const mailbox = mkdtempSync(join(tmpdir(), "guildhall-demo-"));
  const fault = Promise.withResolvers<never>();
  // Awaited only while there is something to interrupt.
  fault.promise.catch(() => undefined);
  parameters.signal.addEventListener("abort", () => {
    fault.reject(new ScriptError("Interrupted", "The run was interrupted before its end."));
  });
  const provider = new JsonRpcProvider(parameters.url, undefined, {
    staticNetwork: true,
    pollingInterval: 100,
    // Answers are not kept: what was true a moment ago need not be.
    cacheTimeout: -1,
  });
  const performance = new Performance(parameters, provider, fault.reject);
  try {
    return await Promise.race([performance.play(mailbox), fault.promise]);
  } finally {
    await performance.end();
    provider.destroy();
    rmSync(mailbox, { recursive: true, force: true });
  }
}

/** One performance of all stories. */
class Performance {
  readonly #parameters: RunDemoParameters;
  readonly #provider: JsonRpcProvider;
  readonly #fail: (error: unknown) => void;
  readonly #script = new Script(stories);
  readonly #receipts: Promise<void>[] = [];
  #cast: Cast | undefined;

  constructor(parameters: RunDemoParameters, provider: JsonRpcProvider, fail: (error: unknown) => void) {
    this.#parameters = parameters;
    this.#provider = provider;
    this.#fail = fail;
  }

  async play(mailbox: string): Promise<DemoResult> {
    const { url, progress } = this.#parameters;
    const provider = this.#provider;
    progress.note("Compiling the contracts where they changed");
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true, defaultBuildProfile: "default" });
    const connection = await connectFunder(url);
    // The processes come up while the suite is deployed.
    const cast = new Cast(castRoles, START, {
      onStep: (party, report) => {
        const noted = this.#note(party, report);
        noted.catch(this.#fail);
        this.#receipts.push(noted);
      },
      onFault: this.#fail,
    });
    this.#cast = cast;
    progress.note("Deploying the suite");
    const directory = await deploySuiteTo(connection, (line) => {
      progress.note(line);
    });
    const [funder] = await connection.ethers.getSigners();
    if (funder === undefined) {
      throw new ScriptError("NoFunder", "The chain has no account that pays. Set GUILDHALL_DEMO_KEY in the keystore.");
    }
    const fromBlock = await provider.getBlockNumber();
    const token = await deployToken(funder);
    progress.note(`The directory is ${directory}, the demo's token ${token}`);

    const people = await cast.introduce();
    const accounts = new Map(Object.entries(people).map(([name, { address }]) => [name, address]));
    for (const [name, pid] of cast.processes()) {
      progress.note(`${name} is process ${pid} with account ${accounts.get(name) ?? ""}`);
    }
    progress.note("Giving the parties money for gas, and tokens");
    await fund({ provider, funder, token, accounts, tokens: endowments });

    const { moment, set, patience } = await planMoment(provider, this.#parameters);
    progress.note(`The rebate moment is ${new Date(moment * 1_000).toISOString()} on the chain's clock`);
    for (const { id, title } of stories) progress.note(`Story "${id}": ${title}`);
    const hall = await connectSince(provider, directory, fromBlock);
    cast.play({
      fromBlock,
      rpcUrl: url,
      directory,
      token,
      run: hexlify(randomBytes(32)),
      mailbox,
      people,
      moment,
      patience,
    });
    await cast.readyForMoment();
    const books = { hall, token, accounts };
    const before = await readBooks({ ...books, when: "Just before the moment", expected: balancesAtMoment });
    await reachMoment({
      provider,
      funder,
      moment,
      set,
      log: (line) => {
        progress.note(line);
      },
    });
    cast.resume();
    await cast.done();
    await Promise.all(this.#receipts);
    const after = await readBooks({ ...books, when: "At the end", expected: balancesAtEnd });

    console.log(`\n${formatSteps(this.#script.shown())}\n\n${formatBooks(before)}\n\n${formatBooks(after)}\n`);
    const missing = this.#script.missing();
    if (missing.length > 0) throw new ScriptError("StepsMissing", `These steps were not shown: ${missing.join("; ")}.`);
    const wrong = [...checkBooks(before), ...checkBooks(after)];
    if (wrong.length > 0) throw new ScriptError("BooksWrong", wrong.join(" "));
    return { directory, token };
  }

  /** Ends all processes of the performance. */
  async end(): Promise<void> {
    await this.#cast?.end();
  }

  async #note(party: string, report: StepReport): Promise<void> {
    const { hash, story, step, detail, refusal } = report;
    const receipt = hash === undefined ? null : await this.#provider.getTransactionReceipt(hash);
    const gas = receipt?.gasUsed;
    const ending = [
      gas === undefined ? "" : ` (${gas.toLocaleString("en-US")} gas)`,
      detail === undefined ? "" : `: ${detail}`,
      refusal === undefined ? "" : `: refused, ${refusal}`,
    ];
    this.#parameters.progress.step(story, party, step + ending.join(""));
    const wrong =
      hash !== undefined && receipt?.status !== 1
        ? `"${step}" by ${party} names transaction ${hash}, which did not succeed.`
        : this.#script.show(party, report, gas);
    if (wrong !== undefined) this.#fail(new ScriptError("StepUnexpected", wrong));
  }
}
