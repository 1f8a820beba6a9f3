import type { Certificate } from "../x509/Certificate.js";
import type { CheckReason } from "../x509/CheckReason.js";
import type { CertificateState } from "../state/CertificateState.js";
import type { CertificateVerdict } from "../state/names.js";

/** How to verify a certificate. */
export type VerifyCertificateOptions = {
  /** The authentication centres that are trusted: the certificate must be theirs. */
  readonly committeeId: string;
  /** The issuer's certificate (PEM or DER): its signature and right to issue are then checked here, too. */
  readonly issuer?: string | Uint8Array;
  /** Unix seconds; now by default. For a time in the past the history is read. */
  readonly at?: number;
};

/** Why a certificate is not to be trusted: by what is written in it, or by its state on chain (`STATE_` and the verdict). */
export type CertificateFault = {
  readonly code: CheckReason["code"] | `STATE_${Exclude<CertificateVerdict, "VALID">}`;
  readonly args: Readonly<Record<string, unknown>>;
  /** One sentence with the numbers. */
  readonly what: string;
};

/** A certificate that came in another's place. */
export type Successor = { readonly certificateId: string; readonly verdict: CertificateVerdict };

/** What was found of a certificate. */
export type CertificateReport = {
  /** Whether nothing speaks against it. */
  readonly valid: boolean;
  readonly certificateId: string;
  /** Of the ledger, at the time asked for. */
  readonly verdict: CertificateVerdict;
  /** Everything that speaks against it. */
  readonly reasons: readonly CertificateFault[];
  /** What the certificate says. */
  readonly certificate: Certificate;
  /** As it stood at that time; undefined where it was not issued by then. */
  readonly state: CertificateState | undefined;
  /**
   * Where the issuer's signature was checked: here, against the caller's issuer; or when it was issued, by the ledger where the
   * issuer signs with P-256 (`IssuerSignatureChecked` says so), else by the committee that approved the signed bytes.
   */
  readonly signatureChecked: "HERE" | "AT_ISSUE" | undefined;
  /** What came in its place, and in that one's, the last one being the one to use. */
  readonly successors: readonly Successor[];
};
