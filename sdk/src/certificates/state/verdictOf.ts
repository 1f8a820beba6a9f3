import type { CertificateState } from "./CertificateState.js";
import type { CertificateVerdict } from "./names.js";

/** What besides its state a certificate's verdict hangs on. */
export type VerdictCircumstances = {
  /** Unix seconds. */
  readonly at: number;
  /** Whether the centre that holds it was retired by then. */
  readonly centreRetired: boolean;
};

/**
 * A certificate's verdict by its state, by the ledger's order: what is final first, then what is over, frozen, not yet valid, and
 * last whether its centre is there. The bytes must be the certificate's. Pure.
 *
 * @example
 * import { verdictOf } from "@guildhall/sdk";
 * const state = { accountType: "ISSUING", notBefore: 1_000, notAfter: 2_000, freezeEnds: undefined } as const;
 * assert.equal(verdictOf(state, { at: 1_000, centreRetired: false }), "VALID");
 * assert.equal(verdictOf(state, { at: 2_001, centreRetired: true }), "EXPIRED");
 */
export function verdictOf(
  {
    accountType,
    notBefore,
    notAfter,
    freezeEnds,
  }: Pick<CertificateState, "accountType" | "notBefore" | "notAfter" | "freezeEnds">,
  { at, centreRetired }: VerdictCircumstances,
): CertificateVerdict {
  if (accountType === "NONE") return "UNKNOWN";
  if (accountType === "REVOCATION") return "REVOKED";
  if (accountType === "RETIRED") return "SUPERSEDED";
  if (accountType === "EXPIRY" || at > notAfter) return "EXPIRED";
  if (accountType === "FREEZING" && (freezeEnds === undefined || at < freezeEnds)) return "FROZEN";
  if (at < notBefore) return "NOT_YET_VALID";
  return centreRetired ? "ISSUER_INACTIVE" : "VALID";
}
