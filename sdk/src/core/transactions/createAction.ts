import type { Abi, EventArgs, EventName, FunctionArgs, FunctionName } from "../abi/AbiTypes.js";
import { interfaceOf } from "../abi/interfaceOf.js";
import { toPlain } from "../abi/toPlain.js";
import type { ContractAction } from "./ContractAction.js";

/** Which function to call with what, and which event tells the result. */
export type CreateActionParameters<
  From extends Abi,
  Method extends FunctionName<From>,
  Event extends EventName<From>,
  T,
> = {
  readonly abi: From;
  readonly to: string;
  readonly method: Method;
  readonly args: FunctionArgs<From, Method>;
  readonly event: Event;
  /** Makes the result from the event's arguments. The first event that it gives a result for counts. */
  readonly result: (args: EventArgs<From, Event>) => T | undefined;
};

/**
 * Makes a typed action from an ABI: the encoded call, and the reader of its result.
 *
 * @example
 * import { committeeRegistryAbi, createAction } from "@guildhall/sdk";
 * const action = createAction({
 *   abi: committeeRegistryAbi,
 *   to: "0x00000000000000000000000000000000000000aa",
 *   method: "retire",
 *   args: [`0x${"11".repeat(32)}`, 1n, "0x"],
 *   event: "EpochEnding",
 *   result: ({ epoch, validUntil }) => ({ epoch, validUntil }),
 * });
 * assert.equal(action.name, "retire");
 */
export function createAction<
  const From extends Abi,
  Method extends FunctionName<From>,
  Event extends EventName<From>,
  T,
>({ abi, to, method, args, event, result }: CreateActionParameters<From, Method, Event, T>): ContractAction<T> {
  const face = interfaceOf(abi);
  return {
    name: method,
    to,
    data: face.encodeFunctionData(method, args as readonly unknown[]),
    event,
    read: (receipt) => {
      for (const log of receipt.logs) {
        if (log.address.toLowerCase() !== to.toLowerCase()) continue;
        const parsed = face.parseLog(log);
        if (parsed === null || parsed.name !== event) continue;
        const value = result(toPlain(parsed.fragment.inputs, parsed.args) as EventArgs<From, Event>);
        if (value !== undefined) return value;
      }
      return undefined;
    },
  };
}
