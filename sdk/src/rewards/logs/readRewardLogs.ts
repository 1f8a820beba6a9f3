import { askNode } from "../../core/errors/askNode.js";
import { readLogs, type ReadLogsParameters } from "../../core/reads/readLogs.js";
import { unexpectedAnswer } from "../../core/reads/unexpectedAnswer.js";
import { parseRewardLog, type RewardLog } from "./parseRewardLog.js";
import type { RewardEvent } from "./rewardEvents.js";

/** Reads the contract's events, in the order of the chain. Errors: those of {@link readLogs}. */
export async function readRewardLogs(parameters: ReadLogsParameters): Promise<readonly RewardEvent[]> {
  const { logs } = await readLogs(parameters);
  // What does not decode was not written by the contract.
  return askNode(() => Promise.resolve(logs).then((found) => found.map(eventIn)));
}

function eventIn(log: RewardLog): RewardEvent {
  const event = parseRewardLog(log);
  if (event !== undefined) return event;
  const { blockNumber, index: logIndex } = log;
  throw unexpectedAnswer("A log that the node answered is none of the contract's events.", { blockNumber, logIndex });
}
