import type { EventArgs } from "../../core/abi/AbiTypes.js";
import { memberOf } from "../../core/abi/memberOf.js";
import type { rewardPoolAbi } from "../../generated/abis.js";
import { evidenceForms, evidenceSources, poolModes, type Refusal, refusals } from "../state/names.js";

type Args<Name extends RewardEventName> = EventArgs<typeof rewardPoolAbi, Name>;

/** How each event's arguments become the SDK's types: times, counts and cycles are numbers, states have names. */
export const rewardEventReaders = {
  PoolCreated: ({ config, ...args }: Args<"PoolCreated">) => ({
    ...args,
    mode: memberOf(poolModes, config.mode),
    form: memberOf(evidenceForms, config.form),
    config,
  }),
  ToppedUp: (args: Args<"ToppedUp">) => args,
  ShareRaised: (args: Args<"ShareRaised">) => args,
  VerifierAnnounced: (args: Args<"VerifierAnnounced">) => ({ ...args, from: Number(args.from) }),
  EndAnnounced: (args: Args<"EndAnnounced">) => ({ ...args, endCycle: Number(args.endCycle) }),
  PoolClosed: (args: Args<"PoolClosed">) => args,
  Bound: (args: Args<"Bound">) => ({ ...args, index: Number(args.index), firstCycle: Number(args.firstCycle) }),
  NotBound: (args: Args<"NotBound">) => args,
  Rebound: (args: Args<"Rebound">) => ({ ...args, nonce: Number(args.nonce) }),
  RosterPublished: (args: Args<"RosterPublished">) => ({
    ...args,
    cycle: Number(args.cycle),
    source: memberOf(evidenceSources, args.source),
    count: Number(args.count),
    eligible: Number(args.eligible),
  }),
  RosterVoided: (args: Args<"RosterVoided">) => ({
    ...args,
    cycle: Number(args.cycle),
    source: memberOf(evidenceSources, args.source),
  }),
  Settled: (args: Args<"Settled">) => ({ ...args, nextCycle: Number(args.nextCycle) }),
  NotSettled: (args: Args<"NotSettled">) => ({ ...args, refusal: memberOf(refusals, args.refusal) as Refusal }),
  ProfitReported: (args: Args<"ProfitReported">) => ({ ...args, cycle: Number(args.cycle) }),
  Claimed: (args: Args<"Claimed">) => args,
  TransferSingle: (args: Args<"TransferSingle">) => args,
  URI: (args: Args<"URI">) => args,
} as const;

/** The names of the contract's events. */
export type RewardEventName =
  | "PoolCreated"
  | "ToppedUp"
  | "ShareRaised"
  | "VerifierAnnounced"
  | "EndAnnounced"
  | "PoolClosed"
  | "Bound"
  | "NotBound"
  | "Rebound"
  | "RosterPublished"
  | "RosterVoided"
  | "Settled"
  | "NotSettled"
  | "ProfitReported"
  | "Claimed"
  | "TransferSingle"
  | "URI";

/** The arguments of an event, in the SDK's types. */
export type RewardEventArgs<Name extends RewardEventName> = ReturnType<(typeof rewardEventReaders)[Name]>;

/** An event, with its name and where it stands on the chain. */
export type RewardEvent<Name extends RewardEventName = RewardEventName> = {
  readonly [Each in Name]: {
    readonly name: Each;
    readonly args: RewardEventArgs<Each>;
    readonly blockNumber: number;
    readonly blockHash: string;
    readonly logIndex: number;
    readonly transactionHash: string;
  };
}[Name];
