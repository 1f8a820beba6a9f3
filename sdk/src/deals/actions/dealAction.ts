import type { FunctionArgs, FunctionName } from "../../core/abi/AbiTypes.js";
import { createAction } from "../../core/transactions/createAction.js";
import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { referralDealsAbi } from "../../generated/abis.js";
import type { Address } from "../../core/documents/Hex.js";
import type { DealEventArgs, DealEventName } from "../logs/dealEvents.js";
import { readDealEvent } from "../logs/readDealEvent.js";

type DealsAbi = typeof referralDealsAbi;

/** Which function of the contract to call, and the event that tells its result. */
export type DealActionParameters<Method extends FunctionName<DealsAbi>, Event extends DealEventName> = {
  readonly contract: Address;
  readonly method: Method;
  readonly args: FunctionArgs<DealsAbi, Method>;
  readonly event: Event;
  /** What the event must say, so that another call's event in the same transaction is not taken for this one's. */
  readonly match: Partial<DealEventArgs<Event>>;
};

/** Makes a call of ReferralDeals whose result is its event, in the SDK's types. */
export function dealAction<Method extends FunctionName<DealsAbi>, Event extends DealEventName>({
  contract,
  method,
  args,
  event,
  match,
}: DealActionParameters<Method, Event>): ContractAction<DealEventArgs<Event>> {
  return createAction({
    abi: referralDealsAbi,
    to: contract,
    method,
    args,
    event,
    result: (values): DealEventArgs<Event> | undefined => {
      const entry = readDealEvent(event, values);
      const said = entry as Readonly<Record<string, unknown>>;
      return Object.entries(match).every(([key, value]) => said[key] === value) ? entry : undefined;
    },
  });
}
