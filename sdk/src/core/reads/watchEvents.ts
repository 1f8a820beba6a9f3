import type { Provider } from "ethers";

import { askNode } from "../errors/askNode.js";
import { RpcError } from "../errors/RpcError.js";
import { type BlockPoint, readBlock } from "./readBlock.js";

/** A place among the events of the chain: each event is one. */
export type EventPlace = { readonly blockNumber: number; readonly blockHash: string; readonly logIndex: number };

/** The events of a range of blocks, in the order of the chain, and the block at which it ends. */
export type EventRange<Event extends EventPlace> = { readonly events: readonly Event[]; readonly head: BlockPoint };

/** How to watch. */
export type WatchOptions<Event extends EventPlace> = {
  /** The first block to tell of; the next one by default. */
  readonly fromBlock?: number;
  /**
   * Goes on after this event, the last one that was taken: whoever keeps it together with what the event changed loses no
   * event and takes none twice, wherever the process ends. Counts before `fromBlock`.
   */
  readonly after?: EventPlace | undefined;
  /** Blocks on top of an event before it is told; 0 by default. More of them survive a reorganisation. */
  readonly confirmations?: number;
  /** Told of each event that was told and that a reorganisation took back, the latest first, before what came instead. */
  readonly onRemoved?: (event: Event) => void | Promise<void>;
  /** Told what went wrong; the blocks that could not be read are read with the next one. */
  readonly onError?: (error: unknown) => void;
};

/** What to watch. */
export type WatchEventsParameters<Event extends EventPlace> = WatchOptions<Event> & {
  readonly provider: Provider;
  /** Reads the events of a range, the first and the last block included. */
  readonly read: (fromBlock: number, toBlock: number) => Promise<EventRange<Event>>;
  readonly listener: (event: Event) => void | Promise<void>;
};

/** Blocks that are remembered, and so how deep a reorganisation may go. */
const DEPTH = 64;

/**
 * Tells each new event once, in order, and which were taken back. What a listener throws goes to `onError`,
 * and the event is told again with the next block. Gives back a function that ends it.
 */
export function watchEvents<Event extends EventPlace>({
  provider,
  read,
  listener,
  fromBlock,
  after,
  confirmations = 0,
  onRemoved = () => undefined,
  onError = () => undefined,
}: WatchEventsParameters<Event>): () => Promise<void> {
  let stopped = false;
  let next = after?.blockNumber ?? fromBlock;
  let work: Promise<void> = Promise.resolve();
  /** Where earlier reads ended, in order. Before the first of them nothing is known. */
  let heads: readonly BlockPoint[] = after === undefined ? [] : [{ number: after.blockNumber, hash: after.blockHash }];
  let limit = after?.blockNumber;
  /** What was told of blocks that may still be replaced, in order. */
  let told: readonly Event[] = [];

  /** The block that watching began with. */
  let start = next;

  /** Goes back to the last head that is still on the chain; whether any was replaced. */
  const rewind = async (): Promise<boolean> => {
    let replaced = false;
    for (let head = heads.at(-1); head !== undefined; head = heads.at(-1)) {
      const { hash } = await readBlock(provider, head.number);
      if (hash === head.hash) break;
      if (head.number === limit) throw reorganised(head, hash);
      heads = heads.slice(0, -1);
      replaced = true;
    }
    const head = heads.at(-1);
    if (replaced) next = head === undefined ? start : head.number + 1;
    return replaced;
  };

  const readUpTo = async (block: number): Promise<void> => {
    const last = block - confirmations;
    next ??= block; // the node did not answer at the start
    start ??= next;
    if (isStopped() || last < (heads.at(-1)?.number ?? next)) return;
    for (;;) {
      const first = next;
      const range = last < first ? undefined : await read(first, last);
      // After reading: what was read stands on the blocks that were read before, or all is read again.
      if (await rewind()) continue;
      if (range !== undefined) await tell(range, first);
      return;
    }
  };

  const tell = async ({ events, head }: EventRange<Event>, first: number): Promise<void> => {
    const found = new Set(events.map(keyOf));
    for (const event of told.filter((one) => one.blockNumber >= first && !found.has(keyOf(one))).reverse()) {
      if (isStopped()) return;
      await onRemoved(event);
      told = told.filter((one) => one !== event);
    }
    const known = new Set(told.map(keyOf));
    for (const event of events) {
      if (known.has(keyOf(event)) || isBefore(event, after)) continue;
      if (isStopped()) return;
      await listener(event);
      told = [...told, event];
    }
    next = head.number + 1;
    heads = [...heads.filter(({ number }) => number < head.number), head];
    if (heads.length <= DEPTH) return;
    heads = heads.slice(-DEPTH);
    limit = heads[0]?.number;
    told = told.filter(({ blockNumber }) => blockNumber > (limit ?? 0));
  };

  // A listener may end the watching.
  const isStopped = () => stopped;
  const enqueue = (task: () => Promise<void>): void => {
    work = work
      .then(task)
      .catch((error: unknown) => {
        if (!isStopped()) onError(error);
      })
      .catch(() => undefined); // onError itself failed: nobody is left to tell
  };
  const onBlock = (block: number): void => {
    enqueue(() => readUpTo(block));
  };

  enqueue(async () => {
    const latest = await askNode(async () => provider.getBlockNumber());
    next ??= latest + 1;
    await readUpTo(latest);
  });
  void provider.on("block", onBlock);
  return async () => {
    stopped = true;
    await provider.off("block", onBlock);
    await work;
  };
}

function keyOf({ blockHash, logIndex }: EventPlace): string {
  return `${blockHash}:${logIndex}`;
}

/** Whether an event was taken before the watching began. */
function isBefore(event: EventPlace, after: EventPlace | undefined): boolean {
  return after !== undefined && event.blockHash === after.blockHash && event.logIndex <= after.logIndex;
}

function reorganised({ number, hash }: BlockPoint, actual: string): RpcError {
  return new RpcError({
    code: "RPC_REORGANISED",
    args: { blockNumber: number, expected: hash, actual },
    what: `Block ${number} was replaced, and events up to it were told already.`,
    advice: "Read the history again from a block that still stands, then watch from there.",
  });
}
