import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { hexlify, JsonRpcProvider } from "ethers";
import hre from "hardhat";

import { bundleProgram } from "../support/bundleProgram.js";
import { ScriptError } from "../support/ScriptError.js";
import { playCertificateAct } from "./acts/playCertificateAct.js";
import { playDealAct } from "./acts/playDealAct.js";
import { playRewardAct } from "./acts/playRewardAct.js";
import type { World } from "./acts/World.js";
import { blockInterval } from "./chain/chainTime.js";
import { connectSince } from "./chain/connectSince.js";
import type { PlanMomentOptions } from "./chain/planMoment.js";
import { connectFunder } from "./deployment/connectFunder.js";
import { deploySuiteTo } from "./deployment/deploySuiteTo.js";
import { deployToken } from "./deployment/deployToken.js";
import { Cast } from "./parties/Cast.js";
import type { PartyRole, StepReport } from "./parties/messages.js";
import { formatCycleGas } from "./report/formatCycleGas.js";
import { formatSteps } from "./report/formatSteps.js";
import type { Progress } from "./report/Progress.js";
import { CYCLES, rewardPlans } from "./rewards/rewardPlans.js";
import { Script } from "./stories/Script.js";
import { firstRoles, secondRoles, stories, thirdRoles } from "./stories/stories.js";

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
  const folder = mkdtempSync(join(tmpdir(), "guildhall-demo-"));
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
    return await Promise.race([performance.play(folder), fault.promise]);
  } finally {
    await performance.end();
    provider.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One performance of all stories. */
class Performance {
  readonly #parameters: RunDemoParameters;
  readonly #provider: JsonRpcProvider;
  readonly #fail: (error: unknown) => void;
  readonly #script = new Script(stories);
  readonly #receipts: Promise<void>[] = [];
  readonly #casts: Cast[] = [];

  constructor(parameters: RunDemoParameters, provider: JsonRpcProvider, fail: (error: unknown) => void) {
    this.#parameters = parameters;
    this.#provider = provider;
    this.#fail = fail;
  }

  async play(folder: string): Promise<DemoResult> {
    const { url, progress } = this.#parameters;
    const provider = this.#provider;
    progress.note("Compiling the contracts where they changed");
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true, defaultBuildProfile: "default" });
    const connection = await connectFunder(url);
    const program = await bundleProgram(new URL("party.ts", import.meta.url));
    // The processes come up while the suite is deployed.
    const dealers = this.#open(program, firstRoles);
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
    const hall = await connectSince(provider, directory, fromBlock);
    const run = hexlify(randomBytes(32));
    const place = { url, provider, funder, hall, directory, token, fromBlock, run, folder };
    const world: World = { ...place, interval: await blockInterval(provider), timing: this.#parameters, progress };

    const deals = await playDealAct(world, dealers);
    const rewards = await playRewardAct(world, this.#open(program, secondRoles));
    const certificates = await playCertificateAct(world, this.#open(program, thirdRoles));
    await Promise.all(this.#receipts);

    const shown = this.#script.shown();
    const gas = rewardPlans.map(({ story, couriers }) =>
      formatCycleGas(shown, { story, cycles: CYCLES, users: couriers }),
    );
    const books = [deals, rewards, certificates].flatMap((act) => act.books);
    console.log(`\n${[formatSteps(shown), ...gas, ...books].join("\n\n")}\n`);
    const missing = this.#script.missing();
    if (missing.length > 0) throw new ScriptError("StepsMissing", `These steps were not shown: ${missing.join("; ")}.`);
    const wrong = [deals, rewards, certificates].flatMap((act) => act.faults);
    if (wrong.length > 0) throw new ScriptError("BooksWrong", wrong.join(" "));
    return { directory, token };
  }

  /** Ends all processes of the performance. */
  async end(): Promise<void> {
    await Promise.all(this.#casts.map((cast) => cast.end()));
  }

  /** Starts the processes of an act. */
  #open(program: string, roles: ReadonlyMap<string, PartyRole>): Cast {
    const cast = new Cast(program, roles, START, {
      onStep: (party, report) => {
        const noted = this.#note(party, report);
        noted.catch(this.#fail);
        this.#receipts.push(noted);
      },
      onFault: this.#fail,
    });
    this.#casts.push(cast);
    return cast;
  }

  async #note(party: string, report: StepReport): Promise<void> {
    const { hashes = [], story, step, detail, refusal } = report;
    const receipts = await Promise.all(hashes.map((hash) => this.#provider.getTransactionReceipt(hash)));
    const gas = receipts.reduce((sum, receipt) => sum + (receipt?.gasUsed ?? 0n), 0n);
    const sent = receipts.length === 0 ? undefined : gas;
    const times = receipts.length > 1 ? ` in ${receipts.length} transactions` : "";
    const ending = [
      sent === undefined ? "" : ` (${gas.toLocaleString("en-US")} gas${times})`,
      detail === undefined ? "" : `: ${detail}`,
      refusal === undefined ? "" : `: refused, ${refusal}`,
    ];
    this.#parameters.progress.step(story, party, step + ending.join(""));
    const failed = hashes.find((_, index) => receipts[index]?.status !== 1);
    const wrong =
      failed === undefined
        ? this.#script.show(party, report, sent)
        : `"${step}" by ${party} names transaction ${failed}, which did not succeed.`;
    if (wrong !== undefined) this.#fail(new ScriptError("StepUnexpected", wrong));
  }
}
