import type { FunctionName } from "../../core/abi/AbiTypes.js";
import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { createEventsAction, type EventsActionParameters } from "../../core/transactions/createEventsAction.js";
import { rewardPoolAbi } from "../../generated/abis.js";
import type { RewardEvent, RewardEventName } from "../logs/rewardEvents.js";
import { parseRewardLog } from "../logs/parseRewardLog.js";

type PoolAbi = typeof rewardPoolAbi;

/** Which function of the contract to call, and how its events tell what it did. */
export type RewardActionParameters<Method extends FunctionName<PoolAbi>, T> = Omit<
  EventsActionParameters<PoolAbi, Method, RewardEvent, T>,
  "abi" | "parse"
> & { readonly event: RewardEventName };

/** Makes a call of RewardPool whose result is read from its events, in the SDK's types. */
export function rewardAction<Method extends FunctionName<PoolAbi>, T>(
  parameters: RewardActionParameters<Method, T>,
): ContractAction<T> {
  return createEventsAction({ ...parameters, abi: rewardPoolAbi, parse: parseRewardLog });
}
