/** What an account holds, in the contract's order: its type is the state of the certificates in it. */
export const accountTypes = ["NONE", "ISSUING", "FREEZING", "REVOCATION", "RETIRED", "EXPIRY"] as const;

/** What an account holds. */
export type AccountType = (typeof accountTypes)[number];

/** What makes a record, in the contract's order. */
export const operations = [
  "ISSUE",
  "FREEZE",
  "CONFIRM_FREEZE",
  "UNFREEZE",
  "REVOKE",
  "UPDATE",
  "EXPIRE",
  "REHOME",
] as const;

/** What makes a record. */
export type Operation = (typeof operations)[number];

/** As whom an operation is asked for, in the contract's order. */
export const requesters = ["ANYONE", "HOLDER", "CENTRE", "COMMITTEE"] as const;

/** As whom an operation is asked for. */
export type Requester = (typeof requesters)[number];

/** What a certificate is worth, in the contract's order. */
export const certificateVerdicts = [
  "UNKNOWN",
  "VALID",
  "NOT_YET_VALID",
  "EXPIRED",
  "FROZEN",
  "REVOKED",
  "SUPERSEDED",
  "MISMATCH",
  "ISSUER_INACTIVE",
] as const;

/** What a certificate is worth. */
export type CertificateVerdict = (typeof certificateVerdicts)[number];

/** Where the results of an application stand, in the contract's order. */
export const applicationStatuses = ["OPEN", "APPROVED", "REJECTED"] as const;

/** Where the results of an application stand. */
export type ApplicationStatus = (typeof applicationStatuses)[number];

/** RFC 5280's CRLReason codes, each at its number; there is none with the number 7. */
export const revocationReasons = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
  undefined,
  "removeFromCRL",
  "privilegeWithdrawn",
  "aACompromise",
] as const;

/** Why a certificate is frozen or revoked, by RFC 5280's names. */
export type RevocationReason = Exclude<(typeof revocationReasons)[number], undefined>;
