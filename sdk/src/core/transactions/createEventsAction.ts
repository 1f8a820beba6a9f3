import type { Log } from "ethers";

import type { Abi, FunctionArgs, FunctionName } from "../abi/AbiTypes.js";
import { interfaceOf } from "../abi/interfaceOf.js";
import type { ContractAction } from "./ContractAction.js";

/** Which function of a contract to call, and how its events together tell what it did. */
export type EventsActionParameters<From extends Abi, Method extends FunctionName<From>, Event, T> = {
  readonly abi: From;
  readonly contract: string;
  readonly method: Method;
  readonly args: FunctionArgs<From, Method>;
  /** The event that tells the result, for messages. */
  readonly event: string;
  /** Reads a log of the contract; undefined where it is none of the events that are known. */
  readonly parse: (log: Log) => Event | undefined;
  /** Makes the result of the contract's events, in their order; undefined where they do not tell it. */
  readonly read: (events: readonly Event[]) => T | undefined;
};

/** Makes a call whose result is read from all the events that the contract wrote; {@link createAction} reads one of them. */
export function createEventsAction<const From extends Abi, Method extends FunctionName<From>, Event, T>({
  abi,
  contract,
  method,
  args,
  event,
  parse,
  read,
}: EventsActionParameters<From, Method, Event, T>): ContractAction<T> {
  return {
    name: method,
    to: contract,
    data: interfaceOf(abi).encodeFunctionData(method, args as readonly unknown[]),
    event,
    read: (receipt) =>
      read(
        receipt.logs.flatMap((log) => {
          if (log.address.toLowerCase() !== contract.toLowerCase()) return [];
          const parsed = parse(log);
          return parsed === undefined ? [] : [parsed];
        }),
      ),
  };
}
