import { GuildhallError } from "../core/errors/GuildhallError.js";

/** Why the SDK refuses a step of a committee. */
export type CommitteeErrorCode =
  | "COMMITTEE_APPROVAL_INCOMPLETE"
  | "COMMITTEE_APPROVAL_MALFORMED"
  | "COMMITTEE_ATTRIBUTABLE"
  | "COMMITTEE_GROUP_KEY_UNCONFIRMED"
  | "COMMITTEE_HIGH_S"
  | "COMMITTEE_MEMBER_COUNT"
  | "COMMITTEE_NOT_A_MEMBER"
  | "COMMITTEE_SIGNATURE_TOO_LONG"
  | "COMMITTEE_SIGNED_TWICE"
  | "COMMITTEE_UNKNOWN"
  | "COMMITTEE_WALLET_NEEDS_PROVIDER"
  | "COMMITTEE_WALLET_NOT_DEPLOYED"
  | "COMMITTEE_WRONG_GROUP_SIGNATURE"
  | "COMMITTEE_WRONG_SIGNATURE";

/** The SDK refuses a step of a committee: `code` says why, `args` has the numbers, the message says what to do. */
export class CommitteeError extends GuildhallError<CommitteeErrorCode> {}
