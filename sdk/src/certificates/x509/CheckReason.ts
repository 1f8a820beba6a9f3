/** Why a certificate is not to be trusted. */
export type CheckCode =
  | "SIGNATURE_WRONG"
  | "SIGNATURE_WEAK"
  | "NOT_YET_VALID"
  | "EXPIRED"
  | "UNKNOWN_CRITICAL_EXTENSION"
  | "ISSUER_NOT_YET_VALID"
  | "ISSUER_EXPIRED"
  | "ISSUER_NAME_DIFFERS"
  | "ISSUER_NO_AUTHORITY"
  | "ISSUER_PATH_TOO_LONG"
  | "ISSUER_CONSTRAINTS_UNPROCESSED"
  | "NAME_NOT_PERMITTED"
  | "NAME_EXCLUDED"
  | "ISSUER_UNKNOWN_CRITICAL_EXTENSION";

/** One of the reasons, with its numbers. */
export type CheckReason = {
  readonly code: CheckCode;
  readonly args: Readonly<Record<string, unknown>>;
  /** One sentence with the numbers. */
  readonly what: string;
};
