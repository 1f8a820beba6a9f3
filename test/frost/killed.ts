import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { hexlify } from "ethers";

import { bundleProgram } from "../../scripts/support/bundleProgram.js";
import {
  FrostError,
  type FrostShare,
  generateFrostShare,
  reshareFrostGroup,
  serializeFrostShare,
  verifyFrostSignature,
} from "../../sdk/src/frost/index.js";
import { openFolderTransport } from "../../sdk/src/node/index.js";
import type { MemberOrders } from "../helpers/frostMember.js";
import { attemptResharing, generateShares, makeParties, type Party, random32, sign } from "../helpers/frostParties.js";
import { readShare } from "../helpers/shareFiles.js";

const program = await bundleProgram(new URL("../helpers/frostMember.ts", import.meta.url));
const killer = await bundleProgram(new URL("../helpers/killAtStep.ts", import.meta.url));

/** Killed before step n of those that it does to its files: opening, writing, syncing and moving each count. */
function startMember(
  orders: string,
  killAt: number,
): Promise<{ readonly killed: boolean; readonly code: number | null }> {
  const options = ["--import", killer, program, "--frost-member", orders];
  const child = spawn(process.execPath, options, {
    env: { ...process.env, NODE_OPTIONS: "", GUILDHALL_KILL_AT: `${killAt}` },
    stdio: "ignore",
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      resolve({ killed: signal === "SIGKILL", code });
    });
  });
}

describe("a FROST member that is killed", () => {
  let parties: readonly Party[];
  let old: readonly FrostShare[];
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "guildhall-frost-"));
    parties = makeParties(3);
    old = await generateShares(parties, 2);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  type Ending = {
    readonly killed: boolean;
    /** Whether anybody was told that the run succeeded. */
    readonly succeeded: boolean;
    /** What each member has on its disk, where it is not in use: the killed one first. */
    readonly kept: readonly (FrostShare | undefined)[];
    /** What the killed member has in use. */
    readonly inUse: FrostShare | undefined;
    readonly codes: readonly string[];
  };

  /** Runs a protocol with the first member in a process that is killed before a step; the others wait for it no longer. */
  async function runAndKill(killAt: number, resharing: boolean): Promise<Ending> {
    const place = join(folder, `${resharing ? "reshare" : "generate"}-${killAt}`);
    const messages = `${place}-messages`;
    const members = parties.map(({ member }) => member);
    const [victim, ...others] = parties;
    if (victim === undefined) throw new TypeError("there is no member");
    const session = random32();
    const shared = { session, members, threshold: 2 };
    const share = `${place}-share.json`;
    const from = resharing ? old[0]?.group : undefined;
    const orders: MemberOrders = {
      ...shared,
      messages,
      id: victim.member.id,
      secretKey: hexlify(victim.identity.secretKey),
      share,
      ...(from === undefined ? {} : { from }),
    };
    if (from !== undefined) await writeFile(share, serializeFrostShare(old[0]!));
    await writeFile(`${place}-orders.json`, JSON.stringify(orders));
    const gone = new AbortController();
    const kept: (FrostShare | undefined)[] = [];
    const running = others.map(async ({ identity }, index) => {
      const options = {
        ...shared,
        transport: await openFolderTransport({
          folder: messages,
          self: identity.id,
          parties: members.map(({ id }) => id),
        }),
        self: identity,
        patience: () => gone.signal,
        keep: (own: FrostShare) => {
          kept[index] = own;
          return Promise.resolve();
        },
      };
      if (from === undefined) await generateFrostShare(options);
      else await reshareFrostGroup({ ...options, from, dealers: members, share: old[index + 1]! });
    });
    const settled = Promise.allSettled(running);
    const { killed, code } = await startMember(`${place}-orders.json`, killAt);
    // What is under way between the others may still arrive.
    AbortSignal.timeout(400).addEventListener("abort", () => {
      gone.abort();
    });
    const results = await settled;
    const codes = results.flatMap((result) => {
      if (result.status === "fulfilled") return [];
      return [result.reason instanceof FrostError ? (result.reason as FrostError).code : String(result.reason)];
    });
    return {
      killed,
      succeeded: code === 0 || codes.length < results.length,
      kept: [await readShare(`${share}.kept`), kept[0], kept[1]],
      inUse: await readShare(share),
      codes,
    };
  }

  async function signs(shares: readonly (FrostShare | undefined)[]): Promise<boolean> {
    const known = shares.filter((share) => share !== undefined);
    const groupKey = known[0]?.group.groupKey ?? "";
    const digest = random32();
    const { signature } = await sign({ parties, shares: known, digest });
    return verifyFrostSignature({ groupKey, digest, signature });
  }

  /** Kills at every step there is, some at a time, and gives what came of each. */
  async function killAtEveryStep(resharing: boolean): Promise<readonly Ending[]> {
    const endings: Ending[] = [];
    for (let next = 1; endings.every(({ killed }) => killed); next += 4) {
      endings.push(...(await Promise.all([0, 1, 2, 3].map((offset) => runAndKill(next + offset, resharing)))));
    }
    return endings;
  }

  function expectCleanFailure({ codes }: Ending): void {
    for (const code of codes) expect(code).to.match(/^FROST_(?:MISSING_MESSAGE|ABORTED)$/u);
  }

  it("in a key generation leaves one group with all its shares kept, or no share in use", async () => {
    const endings = await killAtEveryStep(false);
    // Sending commitments, echo and shares to two others, keeping the share, confirming, and taking it into use.
    expect(endings.filter(({ killed }) => killed).length).to.be.greaterThan(15);
    for (const ending of endings) {
      expectCleanFailure(ending);
      const [own, ...others] = ending.kept;
      const whole = [ending.inUse ?? own, ...others];
      if (!ending.succeeded) {
        expect(ending.inUse).to.equal(undefined);
        continue;
      }
      expect(new Set(whole.map((share) => JSON.stringify(share?.group))).size).to.equal(1);
      expect(await signs(whole.slice(0, 2))).to.equal(true);
    }
    expect(endings.some(({ killed, succeeded }) => killed && succeeded)).to.equal(true);
    expect(endings.some(({ succeeded }) => !succeeded)).to.equal(true);
    // Who was killed starts again with the others, in a session of its own.
    expect(await signs(await generateShares(parties, 2))).to.equal(true);
  }).timeout(180_000);

  it("in a resharing leaves the new group with all its shares kept, or the old one in use", async () => {
    const endings = await killAtEveryStep(true);
    expect(endings.filter(({ killed }) => killed).length).to.be.greaterThan(15);
    for (const ending of endings) {
      expectCleanFailure(ending);
      const [own, ...others] = ending.kept;
      expect(ending.inUse?.group.groupKey).to.equal(old[0]?.group.groupKey);
      if (!ending.succeeded) {
        expect(ending.inUse?.group).to.deep.equal(old[0]?.group);
        expect(await signs([ending.inUse, old[1]])).to.equal(true);
        continue;
      }
      // In use already, or kept and to be taken into use: whoever restarts finds it beside the old one.
      const renewed = own ?? ending.inUse;
      expect(renewed?.group).to.deep.equal(others[0]?.group).and.to.not.deep.equal(old[0]?.group);
      expect(others[1]?.group).to.deep.equal(renewed?.group);
      expect(await signs([renewed, others[0]])).to.equal(true);
    }
    expect(endings.some(({ killed, succeeded }) => killed && succeeded)).to.equal(true);
    expect(endings.some(({ succeeded }) => !succeeded)).to.equal(true);
    const again = await attemptResharing({ shares: old, dealers: parties, members: parties, threshold: 2 });
    expect([...again.values()].every(({ status }) => status === "fulfilled")).to.equal(true);
  }).timeout(180_000);
});
