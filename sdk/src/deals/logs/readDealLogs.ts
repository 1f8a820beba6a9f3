import type { Log, Provider } from "ethers";

import { RpcError } from "../../core/errors/RpcError.js";
import { withDecodedErrors } from "../../core/errors/withDecodedErrors.js";
import type { Address } from "../documents/Hex.js";
import type { DealEvent } from "./dealEvents.js";
import { parseDealLog } from "./parseDealLog.js";

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

/** A node that limits ranges refuses; one that is down does not answer, and asking for less would not help. */
function maySplit(error: unknown): boolean {
  if (error instanceof RpcError) return error.code === "RPC_REFUSED" || error.code === "RPC_UNAVAILABLE";
  return false;
}

/**
 * Reads the contract's events, in the order of the chain. Where the node refuses a range of blocks as too large, it is
 * asked for the halves.
 *
 * Errors: {@link RpcError}.
 */
export async function readDealLogs({
  provider,
  contract,
  fromBlock,
  toBlock,
  topics = [],
}: ReadDealLogsParameters): Promise<readonly DealEvent[]> {
  const last = toBlock ?? (await withDecodedErrors(() => provider.getBlockNumber()));
  const filter = topics.map((topic) => (topic === null || typeof topic === "string" ? topic : [...topic]));
  const read = async (from: number, to: number): Promise<readonly Log[]> => {
    try {
      return await withDecodedErrors(() =>
        provider.getLogs({ address: contract, fromBlock: from, toBlock: to, topics: filter }),
      );
    } catch (error) {
      if (from >= to || !maySplit(error)) throw error;
      const middle = Math.floor((from + to) / 2);
      // One after the other: a node that cannot be reached fails at the first single block.
      const first = await read(from, middle);
      return [...first, ...(await read(middle + 1, to))];
    }
  };
  if (fromBlock > last) return [];
  const logs = await read(fromBlock, last);
  return logs.flatMap((log) => {
    if (log.removed) return [];
    const event = parseDealLog(log);
    return event === undefined ? [] : [event];
  });
}
