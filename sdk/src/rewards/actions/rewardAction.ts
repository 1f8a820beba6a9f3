import type { FunctionArgs, FunctionName } from "../../core/abi/AbiTypes.js";
import { interfaceOf } from "../../core/abi/interfaceOf.js";
import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { rewardPoolAbi } from "../../generated/abis.js";
import { parseRewardLog } from "../logs/parseRewardLog.js";
import type { RewardEvent, RewardEventArgs, RewardEventName } from "../logs/rewardEvents.js";

type PoolAbi = typeof rewardPoolAbi;

/** Which function of the contract to call, and how its events tell what it did. */
export type RewardActionParameters<Method extends FunctionName<PoolAbi>, T> = {
  readonly contract: string;
  readonly method: Method;
  readonly args: FunctionArgs<PoolAbi, Method>;
  /** The event that tells the result, for messages. */
  readonly event: RewardEventName;
  /** Makes the result of the contract's events, in their order; undefined where they do not tell it. */
  readonly read: (events: readonly RewardEvent[]) => T | undefined;
};

/** Makes a call of RewardPool whose result is read from its events, in the SDK's types. */
export function rewardAction<Method extends FunctionName<PoolAbi>, T>({
  contract,
  method,
  args,
  event,
  read,
}: RewardActionParameters<Method, T>): ContractAction<T> {
  return {
    name: method,
    to: contract,
    data: interfaceOf(rewardPoolAbi).encodeFunctionData(method, args as readonly unknown[]),
    event,
    read: (receipt) =>
      read(
        receipt.logs.flatMap((log) => {
          if (log.address.toLowerCase() !== contract.toLowerCase()) return [];
          const parsed = parseRewardLog(log);
          return parsed === undefined ? [] : [parsed];
        }),
      ),
  };
}

/** The first event of this name that says what `match` says; ids compare in lower case. */
export function findEvent<Name extends RewardEventName>(
  events: readonly RewardEvent[],
  name: Name,
  match: Partial<RewardEventArgs<Name>>,
): RewardEventArgs<Name> | undefined {
  const wanted = Object.entries(match).map(([key, value]): [string, unknown] => [key, plain(value)]);
  for (const event of events) {
    if (event.name !== name) continue;
    const said = event.args as Readonly<Record<string, unknown>>;
    if (wanted.every(([key, value]) => plain(said[key]) === value)) return event.args as RewardEventArgs<Name>;
  }
  return undefined;
}

function plain(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
