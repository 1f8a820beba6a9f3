/** What one centre says about an application, and signs. */
export type CertificationResult = {
  readonly committeeId: string;
  readonly epoch: number;
  readonly applicationId: string;
  /** SHA-256 of the to-be-signed part that is approved, where the ledger checks the issuer's signature; else zero. */
  readonly tbsHash: string;
  /** SHA-256 of the signed certificate's DER that is approved, where the ledger does not check; else zero. */
  readonly contentHash: string;
  /** Then exactly one hash is set; a rejection is of the application, whatever the draft, and has none. */
  readonly approved: boolean;
  /** A reason code: 0 for an approval, from 1 to 255 for a rejection. */
  readonly reason: number;
};

/** A result with its centre's signature. */
export type SignedResult = {
  readonly result: CertificationResult;
  /** As hex, over what the ledger defines. */
  readonly signature: string;
};
