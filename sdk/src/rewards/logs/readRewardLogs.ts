import { readLogs, type ReadLogsParameters } from "../../core/logs/readLogs.js";
import { parseRewardLog } from "./parseRewardLog.js";
import type { RewardEvent } from "./rewardEvents.js";

/** Reads the contract's events, in the order of the chain. Errors: {@link RpcError}. */
export async function readRewardLogs(parameters: ReadLogsParameters): Promise<readonly RewardEvent[]> {
  const logs = await readLogs(parameters);
  return logs.flatMap((log) => {
    const event = parseRewardLog(log);
    return event === undefined ? [] : [event];
  });
}
