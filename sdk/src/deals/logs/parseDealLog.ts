import { Interface } from "ethers";

import { toPlain } from "../../core/abi/toPlain.js";
import { referralDealsAbi } from "../../generated/abis.js";
import { type DealEvent, type DealEventName, dealEventReaders } from "./dealEvents.js";
import { readDealEvent } from "./readDealEvent.js";

/** The contract's interface, for logs and calls. */
export const dealsInterface = new Interface(referralDealsAbi);

/** What of a log is needed to read it. */
export type DealLog = {
  readonly topics: readonly string[];
  readonly data: string;
  readonly blockNumber: number;
  readonly blockHash: string;
  readonly index: number;
  readonly transactionHash: string;
};

/** Reads a log of the contract; undefined where it is none of its events. */
export function parseDealLog(log: DealLog): DealEvent | undefined {
  const parsed = dealsInterface.parseLog(log);
  if (parsed === null || !Object.hasOwn(dealEventReaders, parsed.name)) return undefined;
  const name = parsed.name as DealEventName;
  return {
    name,
    args: readDealEvent(name, toPlain(parsed.fragment.inputs, parsed.args)),
    blockNumber: log.blockNumber,
    blockHash: log.blockHash,
    logIndex: log.index,
    transactionHash: log.transactionHash,
  } as DealEvent;
}
