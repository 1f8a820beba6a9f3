import type { Log } from "ethers";

import { interfaceOf } from "../../core/abi/interfaceOf.js";
import { toPlain } from "../../core/abi/toPlain.js";
import { rewardPoolAbi } from "../../generated/abis.js";
import { type RewardEvent, type RewardEventName, rewardEventReaders } from "./rewardEvents.js";

/** What of a log is needed to read it. */
export type RewardLog = Pick<Log, "topics" | "data" | "blockNumber" | "blockHash" | "index" | "transactionHash">;

/** Reads a log of the contract; undefined where it is none of its events. */
export function parseRewardLog(log: RewardLog): RewardEvent | undefined {
  const parsed = interfaceOf(rewardPoolAbi).parseLog(log);
  if (parsed === null || !Object.hasOwn(rewardEventReaders, parsed.name)) return undefined;
  const name = parsed.name as RewardEventName;
  const read = rewardEventReaders[name] as (args: unknown) => RewardEvent["args"];
  return {
    name,
    args: read(toPlain(parsed.fragment.inputs, parsed.args)),
    blockNumber: log.blockNumber,
    blockHash: log.blockHash,
    logIndex: log.index,
    transactionHash: log.transactionHash,
  } as RewardEvent;
}
