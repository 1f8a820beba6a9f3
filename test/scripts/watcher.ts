import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect } from "chai";

import { Guildhall } from "../../sdk/src/index.js";
import { startHardhat, type TestNode } from "../helpers/node.js";
import { deploySuite } from "../helpers/suite.js";
import { readBooks, type WatcherOrders } from "../helpers/watcher.js";

const program = fileURLToPath(new URL("../helpers/watcher.ts", import.meta.url));
const killer = fileURLToPath(new URL("../helpers/killAtStep.ts", import.meta.url));

/** Runs the watcher until it ends or is killed, before step n of those that it does to its files. */
function runWatcher(orders: string, killAt = 0): Promise<number | null> {
  const options = ["--import", "tsx", "--import", killer, program, "--watcher", orders];
  const env = { ...process.env, NODE_OPTIONS: "", GUILDHALL_KILL_AT: `${killAt}` };
  const child = spawn(process.execPath, options, { env, stdio: ["ignore", "ignore", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
}

describe("a watcher in a process of its own", () => {
  let node: TestNode;
  let hall: Guildhall;
  let directory: string;
  let folder: string;
  before(async () => {
    node = await startHardhat();
    folder = mkdtempSync(join(tmpdir(), "guildhall-watcher-"));
    const signer = await node.provider.getSigner(0);
    ({ Directory: directory } = await deploySuite(signer));
    hall = await Guildhall.connect(signer, { directory });
    const { deals } = hall;
    const options = { gasLimit: 100_000n };
    await (await deals.increaseCounter(options)).wait();
    // Two in one block: the place within the block counts.
    await node.provider.send("evm_setAutomine", [false]);
    await deals.increaseCounter(options);
    await deals.increaseCounter(options);
    await node.provider.send("evm_mine", []);
    await node.provider.send("evm_setAutomine", [true]);
    await node.provider.send("evm_mine", []);
    await (await deals.increaseCounter(options)).wait();
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await node.stop();
  });

  it("that is killed before any step loses no event and takes none twice", async () => {
    const past = (await hall.deals.history()).map(({ name, transactionHash }) => `${name} ${transactionHash}`);
    expect(past.length).to.equal(4);
    const killed = await Promise.all(
      [1, 2, 3, 4, 5, 6, 7, 8].map(async (killAt) => {
        const books = join(folder, `${killAt}.json`);
        const orders: WatcherOrders = { url: node.url, directory, books, enough: past.length };
        const path = join(folder, `${killAt}-orders.json`);
        writeFileSync(path, JSON.stringify(orders));
        expect(await runWatcher(path, killAt)).to.equal(null);
        // Taking an event is two steps, and the second is what counts.
        const { taken } = await readBooks(books);
        expect(taken).to.deep.equal(past.slice(0, Math.floor((killAt - 1) / 2)));
        return { path, books };
      }),
    );
    // The chain goes on while nobody watches.
    await (await hall.deals.increaseCounter()).wait();
    const events = await hall.deals.history();
    const all = events.map(({ name, transactionHash }) => `${name} ${transactionHash}`);
    await Promise.all(
      killed.map(async ({ path, books }) => {
        const orders: WatcherOrders = { url: node.url, directory, books, enough: all.length };
        writeFileSync(path, JSON.stringify(orders));
        expect(await runWatcher(path)).to.equal(0);
        const { taken, last } = await readBooks(books);
        expect(taken).to.deep.equal(all);
        const { blockNumber, blockHash, logIndex } = events.at(-1)!;
        expect(last).to.deep.equal({ blockNumber, blockHash, logIndex });
      }),
    );
  }).timeout(120_000);
});
