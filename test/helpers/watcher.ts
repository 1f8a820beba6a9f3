/** A watcher of a system in a process of its own: `node watcher.ts --watcher <file>`. Inert when imported. */
import { readFile, rename, writeFile } from "node:fs/promises";

import { JsonRpcProvider } from "ethers";

import { type EventPlace, Guildhall } from "../../sdk/src/index.js";

export type WatchedSystem = "deals" | "certificates";

/** What the process is told. */
export type WatcherOrders = {
  readonly url: string;
  readonly directory: string;
  readonly system: WatchedSystem;
  /** Where it keeps what it took. */
  readonly books: string;
  /** It ends once it has taken so many. */
  readonly enough: number;
};

/** What it took, and the place from which it goes on: always changed together. */
export type WatcherBooks = { readonly taken: readonly string[]; readonly last?: EventPlace };

type WatchedEvent = EventPlace & { readonly name: string; readonly transactionHash: string };

/** Reads the books; empty ones where nothing was taken yet. */
export async function readBooks(path: string): Promise<WatcherBooks> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? { taken: [] } : (JSON.parse(text) as WatcherBooks);
}

async function run(path: string): Promise<void> {
  const { url, directory, system, books: file, enough } = JSON.parse(await readFile(path, "utf8")) as WatcherOrders;
  let books = await readBooks(file);
  if (books.taken.length >= enough) return;
  const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, pollingInterval: 20 });
  const { deals, certificates } = await Guildhall.connect(provider, { directory });
  const done = Promise.withResolvers<undefined>();
  const take = async ({ name, transactionHash, blockNumber, blockHash, logIndex }: WatchedEvent): Promise<void> => {
    const taken = [...books.taken, `${name} ${transactionHash}`];
    books = { taken, last: { blockNumber, blockHash, logIndex } };
    await writeFile(`${file}.part`, JSON.stringify(books));
    await rename(`${file}.part`, file);
    if (taken.length >= enough) done.resolve(undefined);
  };
  const options = { fromBlock: 0, after: books.last, onError: done.reject };
  const stop = system === "deals" ? deals.watch(take, options) : certificates.watch(take, options);
  await done.promise;
  await stop();
  provider.destroy();
}

if (process.argv[2] === "--watcher" && process.argv[3] !== undefined) await run(process.argv[3]);
