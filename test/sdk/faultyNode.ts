import { expect } from "chai";

import { Guildhall, GuildhallError, isRevert } from "../../sdk/src/index.js";
import { provider as chain, time } from "../helpers/dealSessions.js";
import { nodeWithin } from "../helpers/faultyNode/Backend.js";
import { believed } from "../helpers/faultyNode/believed.js";
import { connectThrough, IMPATIENT, PATIENT, type PatientProvider } from "../helpers/faultyNode/connectThrough.js";
import { FaultyNode } from "../helpers/faultyNode/FaultyNode.js";
import { faults } from "../helpers/faultyNode/faults.js";
import { playScene, type Scene } from "../helpers/faultyNode/playScene.js";
import { type Read, reads } from "../helpers/faultyNode/reads.js";

/** Longer than any read may take whose node never answers. */
const LIMIT = 10_000;

type Outcome = { readonly text: string; readonly typed: boolean };

/** What came of a read: its result as text, or its error. */
async function outcomeOf(reading: Promise<unknown>): Promise<Outcome> {
  const plain = (_: string, value: unknown): unknown => (typeof value === "bigint" ? `${value}n` : value);
  try {
    return { text: JSON.stringify({ result: await reading }, plain), typed: false };
  } catch (error) {
    if (!(error instanceof GuildhallError)) return { text: `untyped: ${String(error)}`, typed: false };
    const { code } = error as GuildhallError;
    const said = code !== "" && /\.$/u.test(error.what) && /\.$/u.test(error.advice);
    if (!said) return { text: `without words: ${error.message}`, typed: false };
    return { text: isRevert(error) ? `revert ${error.name}` : code, typed: true };
  }
}

describe("the SDK in front of a node that lies, fails or is slow", () => {
  let node: FaultyNode;
  let scene: Scene;
  let provider: PatientProvider;
  let hall: Guildhall;
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => {
    unhandled.push(reason);
  };
  before(async function () {
    this.timeout(30_000);
    scene = await playScene();
    node = await FaultyNode.start(nodeWithin(chain));
    provider = connectThrough(node);
    hall = await Guildhall.connect(provider, { directory: scene.directory });
    process.on("unhandledRejection", note);
  });
  // The time of the next block stands still: what is read twice must be the same.
  beforeEach(async () => time.setNextBlockTimestamp((await time.latest()) + 60));
  after(async () => {
    process.off("unhandledRejection", note);
    provider.destroy();
    await node.stop();
  });

  /** Runs a read, with what is armed. */
  async function run(read: Read, arm?: () => void, patience = PATIENT): Promise<Outcome> {
    node.reset();
    arm?.();
    provider.patience = patience;
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<Outcome>((resolve) => {
      if (arm === undefined) return;
      timer = setTimeout(() => {
        resolve({ text: "it hangs", typed: false });
      }, LIMIT);
    });
    const outcome = await Promise.race([outcomeOf(read({ hall, provider, node, scene })), limit]);
    clearTimeout(timer);
    return outcome;
  }

  for (const [name, read] of Object.entries(reads)) {
    it(`${name} tells the truth, or says what is wrong`, async function () {
      this.timeout(120_000);
      const truth = await run(read);
      const asked = new Set(node.requests.map(({ method }) => method));
      expect(truth.typed || !/untyped|without words|hangs/u.test(truth.text), truth.text).to.equal(true);
      const wrong: string[] = [];
      const trusting: string[] = [];
      let struck = 0;
      for (const [faultName, { method, fault }] of Object.entries(faults)) {
        if (method !== "*" && !asked.has(method)) continue;
        for (const times of [1, Infinity]) {
          const arm = (): void => {
            node.arm(method, fault, { times });
          };
          const outcome = await run(read, arm, fault.kind === "hang" ? IMPATIENT : PATIENT);
          if (node.struck === 0) continue;
          struck += 1;
          if (outcome.text === truth.text || outcome.typed) continue;
          if (believed[faultName]?.includes(name) === true) trusting.push(faultName);
          else wrong.push(`${faultName} (${times === 1 ? "once" : "always"}): ${outcome.text.slice(0, 300)}`);
        }
      }
      expect(wrong, `where the truth is ${truth.text.slice(0, 300)}`).to.deep.equal([]);
      // What is written down as believed must still be so: a check that came in since should be told of.
      const written = Object.keys(believed).filter((faultName) => believed[faultName]?.includes(name));
      expect([...new Set(trusting)].sort()).to.deep.equal(written.sort());
      expect(struck).to.be.greaterThan(20);
      expect(await run(read)).to.deep.equal(truth);
      expect(unhandled.map(String)).to.deep.equal([]);
    });
  }
});
