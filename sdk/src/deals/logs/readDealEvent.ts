import { type DealEventArgs, type DealEventName, dealEventReaders } from "./dealEvents.js";

/** Turns decoded arguments of an event into the SDK's types. */
export function readDealEvent<Name extends DealEventName>(name: Name, args: unknown): DealEventArgs<Name> {
  const read = dealEventReaders[name] as (args: unknown) => DealEventArgs<Name>;
  return read(args);
}
