import type { Provider } from "ethers";

import { askNode } from "../../core/errors/askNode.js";
import type { BlockPoint } from "../../core/reads/readBlock.js";
import { readLogs } from "../../core/reads/readLogs.js";
import { unexpectedAnswer } from "../../core/reads/unexpectedAnswer.js";
import type { Address } from "../../core/documents/Hex.js";
import type { DealEvent } from "./dealEvents.js";
import { type DealLog, parseDealLog } from "./parseDealLog.js";

/** Which logs to read. */
export type ReadDealLogsParameters = {
  readonly provider: Provider;
  readonly contract: Address;
  /** The first block. */
  readonly fromBlock: number;
  /** The last block; the latest by default. */
  readonly toBlock?: number | undefined;
  /** As in eth_getLogs. */
  readonly topics?: readonly (string | readonly string[] | null)[] | undefined;
};

/** The events of a range of blocks, and the block at which it ends. */
export type DealEventRange = { readonly events: readonly DealEvent[]; readonly head: BlockPoint };

/**
 * Reads the contract's events, in the order of the chain.
 *
 * Errors: those of {@link readLogs}.
 */
export async function readDealLogs({
  contract,
  topics = [],
  ...range
}: ReadDealLogsParameters): Promise<DealEventRange> {
  const { logs, head } = await readLogs({ ...range, address: contract, topics });
  // What does not decode was not written by the contract.
  const events = await askNode(() => Promise.resolve(logs).then((found) => found.map(eventIn)));
  return { events, head };
}

function eventIn(log: DealLog): DealEvent {
  const event = parseDealLog(log);
  if (event !== undefined) return event;
  const { blockNumber, index: logIndex } = log;
  throw unexpectedAnswer("A log that the node answered is none of the contract's events.", { blockNumber, logIndex });
}
