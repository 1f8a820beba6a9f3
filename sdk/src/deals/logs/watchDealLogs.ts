import type { Provider } from "ethers";

import { watchEvents, type WatchOptions as WatchEventsOptions } from "../../core/reads/watchEvents.js";
import type { Address } from "../../core/documents/Hex.js";
import type { DealEvent } from "./dealEvents.js";
import { readDealLogs } from "./readDealLogs.js";

/** How to watch. */
export type WatchOptions = WatchEventsOptions<DealEvent>;

/** What to watch. */
export type WatchDealLogsParameters = WatchOptions & {
  readonly provider: Provider;
  readonly contract: Address;
  readonly topics: readonly (string | readonly string[] | null)[];
  readonly listener: (event: DealEvent) => void | Promise<void>;
};

/** Tells each new event of the contract once, see {@link watchEvents}. Gives back a function that ends it. */
export function watchDealLogs({ contract, topics, ...rest }: WatchDealLogsParameters): () => Promise<void> {
  const { provider } = rest;
  return watchEvents({
    ...rest,
    read: (fromBlock, toBlock) => readDealLogs({ provider, contract, fromBlock, toBlock, topics }),
  });
}
