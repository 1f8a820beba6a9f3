import type { Provider } from "ethers";

import { withDecodedErrors } from "../../core/errors/withDecodedErrors.js";
import type { Address } from "../documents/Hex.js";
import type { DealEvent } from "./dealEvents.js";
import { readDealLogs } from "./readDealLogs.js";

/** How to watch. */
export type WatchOptions = {
  /** The first block to tell of; the next one by default. */
  readonly fromBlock?: number;
  /** Blocks on top of an event before it is told; 0 by default. More of them survive a reorganisation. */
  readonly confirmations?: number;
  /** Told what went wrong; the blocks that could not be read are read with the next one. */
  readonly onError?: (error: unknown) => void;
};

/** What to watch. */
export type WatchDealLogsParameters = WatchOptions & {
  readonly provider: Provider;
  readonly contract: Address;
  readonly topics: readonly (string | readonly string[] | null)[];
  readonly listener: (event: DealEvent) => void;
};

/** Tells each new event of the contract once, in order. Gives back a function that ends it. */
export function watchDealLogs({
  provider,
  contract,
  topics,
  listener,
  fromBlock,
  confirmations = 0,
  onError = () => undefined,
}: WatchDealLogsParameters): () => Promise<void> {
  let stopped = false;
  let next = fromBlock;
  let work: Promise<void> = Promise.resolve();

  const readUpTo = async (block: number): Promise<void> => {
    const last = block - confirmations;
    next ??= block; // the node did not answer at the start
    if (stopped || last < next) return;
    const events = await readDealLogs({ provider, contract, fromBlock: next, toBlock: last, topics });
    next = last + 1;
    for (const event of events) if (!isStopped()) listener(event);
  };
  // A listener may end the watching.
  const isStopped = () => stopped;
  const enqueue = (task: () => Promise<void>): void => {
    work = work.then(task).catch(onError);
  };
  const onBlock = (block: number): void => {
    enqueue(() => readUpTo(block));
  };

  enqueue(async () => {
    const latest = await withDecodedErrors(() => provider.getBlockNumber());
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
