import type { CertificateState } from "../state/CertificateState.js";
import { type CertificateVerdict, revocationReasons } from "../state/names.js";
import type { CertificateFault } from "./CertificateReport.js";

/** What speaks against a certificate by its state on chain. */
export function stateFault(
  verdict: Exclude<CertificateVerdict, "VALID">,
  state: CertificateState | undefined,
  at: number,
): CertificateFault {
  const { reason = 0, movedAt: since = 0, notBefore = 0, notAfter = 0, centre = 0 } = state ?? {};
  const why = revocationReasons[reason] ?? "unspecified";
  const words: Readonly<Record<typeof verdict, string>> = {
    UNKNOWN: "The committee that is trusted never issued these bytes, or not by then.",
    NOT_YET_VALID: `It is valid from ${notBefore}, and it is ${at}.`,
    EXPIRED: `It was valid until ${notAfter}, and it is ${at}.`,
    FROZEN: `It has been frozen since ${since} (${why}).`,
    REVOKED: `It was revoked at ${since} (${why}).`,
    SUPERSEDED: `Another certificate came in its place at ${since}.`,
    MISMATCH: "The bytes are not those of the certificate.",
    ISSUER_INACTIVE: `Centre ${centre}, which holds it, was retired.`,
  };
  return { code: `STATE_${verdict}`, args: { reason, since, at, centre }, what: words[verdict] };
}
