import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { id } from "ethers";

import { bundleProgram } from "../../scripts/support/bundleProgram.js";
import { type EventPlace, Guildhall } from "../../sdk/src/index.js";
import { issueOne } from "../helpers/issueOne.js";
import { startHardhat, type TestNode } from "../helpers/node.js";
import { deploySuite } from "../helpers/suite.js";
import { readBooks, type WatchedSystem, type WatcherOrders } from "../helpers/watcher.js";

const program = await bundleProgram(new URL("../helpers/watcher.ts", import.meta.url));
const killer = await bundleProgram(new URL("../helpers/killAtStep.ts", import.meta.url));

/** Runs the watcher until it ends or is killed, before step n of those that it does to its files. */
function runWatcher(orders: string, killAt = 0): Promise<number | null> {
  const options = ["--import", killer, program, "--watcher", orders];
  const env = { ...process.env, NODE_OPTIONS: "", GUILDHALL_KILL_AT: `${killAt}` };
  const child = spawn(process.execPath, options, { env, stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
}

/** What happens in each system: four events, two of them in one block, and one more later. */
type Scene = {
  readonly system: WatchedSystem;
  /** The steps before which a watcher is killed. Both watch by one mechanism, so not every step is tried twice. */
  readonly kills: readonly number[];
  readonly begin: (hall: Guildhall, account: string) => Promise<void>;
  /** Two transactions that need not be mined yet. */
  readonly two: (hall: Guildhall) => Promise<void>;
  readonly more: (hall: Guildhall) => Promise<void>;
  readonly past: (hall: Guildhall) => Promise<readonly (EventPlace & { name: string; transactionHash: string })[]>;
};

const gas = { gasLimit: 200_000n };
const CENTRE = { as: "CENTRE" } as const;
const STATES = ["CertificateIssued", "CertificateMoved", "CentreRetired"] as const;

function scenes(): readonly Scene[] {
  const issued: string[] = [];
  return [
    {
      system: "deals",
      kills: [1, 2, 3, 4, 5, 6, 7, 8],
      begin: async ({ deals }) => {
        for (let i = 0; i < 2; i++) await (await deals.increaseCounter(gas)).wait();
      },
      two: async ({ deals }) => {
        await deals.increaseCounter(gas);
        await deals.increaseCounter(gas);
      },
      more: async ({ deals }) => {
        await (await deals.increaseCounter()).wait();
      },
      past: async ({ deals }) => deals.history(),
    },
    {
      system: "certificates",
      kills: [1, 4, 7, 8],
      begin: async (hall, account) => {
        for (const salt of [id("some centres"), id("others")]) issued.push(await issueOne(hall, account, salt));
      },
      two: async ({ certificates }) => {
        for (const certificateId of issued) await certificates.freeze({ certificateId, by: CENTRE }, gas);
      },
      more: async ({ certificates }) => {
        await (await certificates.unfreeze({ certificateId: issued[0]!, by: CENTRE })).wait();
      },
      past: async ({ certificates }) => certificates.events({ names: STATES }),
    },
  ];
}

describe("a watcher in a process of its own", () => {
  let node: TestNode;
  let hall: Guildhall;
  let directory: string;
  let folder: string;
  let account: string;
  before(async () => {
    node = await startHardhat();
    folder = mkdtempSync(join(tmpdir(), "guildhall-watcher-"));
    const signer = await node.provider.getSigner(0);
    ({ Directory: directory } = await deploySuite(signer));
    hall = await Guildhall.connect(signer, { directory });
    account = signer.address;
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await node.stop();
  });

  for (const { system, kills, begin, two, more, past: read } of scenes()) {
    it(`of ${system} that is killed before step ${kills.join(", ")} loses no event and takes none twice`, async () => {
      await begin(hall, account);
      // Two in one block: the place within the block counts.
      await node.provider.send("evm_setAutomine", [false]);
      await two(hall);
      await node.provider.send("evm_mine", []);
      await node.provider.send("evm_setAutomine", [true]);
      const events = await read(hall);
      expect(new Set(events.map(({ blockNumber }) => blockNumber)).size).to.equal(3);
      const past = events.map(({ name, transactionHash }) => `${name} ${transactionHash}`);
      expect(past.length).to.equal(4);
      const killed = await Promise.all(
        kills.map(async (killAt) => {
          const books = join(folder, `${system}-${killAt}.json`);
          const orders: WatcherOrders = { url: node.url, directory, system, books, enough: past.length };
          const path = join(folder, `${system}-${killAt}-orders.json`);
          writeFileSync(path, JSON.stringify(orders));
          expect(await runWatcher(path, killAt)).to.equal(null);
          // Taking an event is two steps, and the second is what counts.
          const { taken } = await readBooks(books);
          expect(taken).to.deep.equal(past.slice(0, Math.floor((killAt - 1) / 2)));
          return { path, books };
        }),
      );
      // The chain goes on while nobody watches.
      await more(hall);
      const later = await read(hall);
      const all = later.map(({ name, transactionHash }) => `${name} ${transactionHash}`);
      await Promise.all(
        killed.map(async ({ path, books }) => {
          const orders: WatcherOrders = { url: node.url, directory, system, books, enough: all.length };
          writeFileSync(path, JSON.stringify(orders));
          expect(await runWatcher(path)).to.equal(0);
          const { taken, last } = await readBooks(books);
          expect(taken).to.deep.equal(all);
          const { blockNumber, blockHash, logIndex } = later.at(-1)!;
          expect(last).to.deep.equal({ blockNumber, blockHash, logIndex });
        }),
      );
    }).timeout(120_000);
  }
});
