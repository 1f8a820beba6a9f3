import type { EventArgs } from "../../core/abi/AbiTypes.js";
import type { referralDealsAbi } from "../../generated/abis.js";
import { rebateRules } from "../documents/Offer.js";
import { memberOf } from "../../core/abi/memberOf.js";
import { fundings, saleStates } from "../state/states.js";

type Args<Name extends DealEventName> = EventArgs<typeof referralDealsAbi, Name>;

/** How each event's arguments become the SDK's types: times and counts are numbers, states have names. */
export const dealEventReaders = {
  SaleRecorded: (args: Args<"SaleRecorded">) => ({
    ...args,
    refundableUntil: Number(args.refundableUntil),
    state: memberOf(saleStates, args.state),
  }),
  SaleRefunded: (args: Args<"SaleRefunded">) => args,
  SaleReleased: (args: Args<"SaleReleased">) => args,
  OfferOpened: (args: Args<"OfferOpened">) => ({
    ...args,
    rebateMoment: Number(args.rebateMoment),
    rebateRule: memberOf(rebateRules, args.rebateRule),
    uses: Number(args.uses),
  }),
  OfferCancelled: (args: Args<"OfferCancelled">) => args,
  CounterIncreased: (args: Args<"CounterIncreased">) => ({ ...args, counter: Number(args.counter) }),
  BondReclaimed: (args: Args<"BondReclaimed">) => ({ ...args, uses: Number(args.uses) }),
  DealSettled: (args: Args<"DealSettled">) => ({
    ...args,
    rebateMoment: Number(args.rebateMoment),
    funding: memberOf(fundings, args.funding),
  }),
  DealLodged: (args: Args<"DealLodged">) => ({
    ...args,
    rebateMoment: Number(args.rebateMoment),
    funding: memberOf(fundings, args.funding),
  }),
  DealDefaulted: (args: Args<"DealDefaulted">) => args,
  PromiseLodged: (args: Args<"PromiseLodged">) => ({
    ...args,
    rebateMoment: Number(args.rebateMoment),
    funding: memberOf(fundings, args.funding),
  }),
  RebatePaid: (args: Args<"RebatePaid">) => args,
  RebateReturned: (args: Args<"RebateReturned">) => args,
} as const;

/** The names of the contract's events. */
export type DealEventName =
  | "SaleRecorded"
  | "SaleRefunded"
  | "SaleReleased"
  | "OfferOpened"
  | "OfferCancelled"
  | "CounterIncreased"
  | "BondReclaimed"
  | "DealSettled"
  | "DealLodged"
  | "DealDefaulted"
  | "PromiseLodged"
  | "RebatePaid"
  | "RebateReturned";

/** The arguments of an event, in the SDK's types. */
export type DealEventArgs<Name extends DealEventName> = ReturnType<(typeof dealEventReaders)[Name]>;

/** An event, with its name and where it stands on the chain. */
export type DealEvent<Name extends DealEventName = DealEventName> = {
  readonly [Each in Name]: {
    readonly name: Each;
    readonly args: DealEventArgs<Each>;
    readonly blockNumber: number;
    readonly blockHash: string;
    readonly logIndex: number;
    readonly transactionHash: string;
  };
}[Name];
