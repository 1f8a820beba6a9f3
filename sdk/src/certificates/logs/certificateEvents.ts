import type { EventArgs } from "../../core/abi/AbiTypes.js";
import { memberOf } from "../../core/abi/memberOf.js";
import type { EventPlace } from "../../core/reads/watchEvents.js";
import type { certificateLedgerAbi } from "../../generated/abis.js";
import { applicationStatuses, operations, requesters } from "../state/names.js";
import { accountOfOwner } from "./accountOfOwner.js";

type Args<Name extends CertificateEventName> = EventArgs<typeof certificateLedgerAbi, Name>;

/**
 * How each event's arguments become the SDK's types: times and numbers of centres are numbers, states have names, members are
 * indexes, and owners of tokens the numbers of their accounts.
 */
export const certificateEventReaders = {
  CentreAdmitted: (args: Args<"CentreAdmitted">) => ({ ...args, centre: Number(args.centre) }),
  CentreRetired: (args: Args<"CentreRetired">) => ({ ...args, centre: Number(args.centre), epoch: Number(args.epoch) }),
  ResultsCounted: (args: Args<"ResultsCounted">) => ({
    ...args,
    epoch: Number(args.epoch),
    reason: Number(args.reason),
    signers: indexesIn(args.signers),
  }),
  ResultsContradicted: (args: Args<"ResultsContradicted">) => ({
    ...args,
    epoch: Number(args.epoch),
    signers: indexesIn(args.signers),
  }),
  ApplicationDecided: (args: Args<"ApplicationDecided">) => ({
    ...args,
    status: memberOf(applicationStatuses, args.status),
    epoch: Number(args.epoch),
  }),
  CertificateIssued: (args: Args<"CertificateIssued">) => ({
    ...args,
    centre: Number(args.centre),
    notBefore: Number(args.notBefore),
    notAfter: Number(args.notAfter),
  }),
  SuccessorApproved: (args: Args<"SuccessorApproved">) => args,
  IssuerSignatureChecked: (args: Args<"IssuerSignatureChecked">) => args,
  CertificateMoved: (args: Args<"CertificateMoved">) => ({
    ...args,
    operation: memberOf(operations, args.operation),
    requester: memberOf(requesters, args.requester),
    reason: Number(args.reason),
  }),
  RequestConsumed: (args: Args<"RequestConsumed">) => args,
  Transfer: ({ from, to, tokenId }: Args<"Transfer">) => ({
    certificateId: `0x${tokenId.toString(16).padStart(64, "0")}`,
    from: accountOfOwner(from),
    to: accountOfOwner(to),
  }),
  Locked: ({ tokenId }: Args<"Locked">) => ({ certificateId: `0x${tokenId.toString(16).padStart(64, "0")}` }),
} as const;

/** The names of the events that the ledger writes. */
export type CertificateEventName =
  | "CentreAdmitted"
  | "CentreRetired"
  | "ResultsCounted"
  | "ResultsContradicted"
  | "ApplicationDecided"
  | "CertificateIssued"
  | "SuccessorApproved"
  | "IssuerSignatureChecked"
  | "CertificateMoved"
  | "RequestConsumed"
  | "Transfer"
  | "Locked";

/** The arguments of an event, in the SDK's types. */
export type CertificateEventArgs<Name extends CertificateEventName> = ReturnType<
  (typeof certificateEventReaders)[Name]
>;

/** An event, with its name and where it stands on the chain. */
export type CertificateEvent<Name extends CertificateEventName = CertificateEventName> = {
  readonly [Each in Name]: EventPlace & {
    readonly name: Each;
    readonly args: CertificateEventArgs<Each>;
    readonly transactionHash: string;
  };
}[Name];

/** The indexes whose bits are set. */
export function indexesIn(bitmap: bigint): readonly number[] {
  const indexes: number[] = [];
  for (let rest = bitmap, index = 0; rest > 0n; rest >>= 1n, index += 1) if (rest & 1n) indexes.push(index);
  return indexes;
}
