/** What one centre says about an application, and signs. */
export type CertificationResult = {
  readonly committeeId: string;
  readonly epoch: number;
  readonly applicationId: string;
  /** SHA-256 of the to-be-signed part that the result is about. */
  readonly tbsHash: string;
  /** SHA-256 of the certificate's DER where it was signed already, otherwise zero. */
  readonly contentHash: string;
  readonly approved: boolean;
  /** A reason code: 0 for an approval, from 1 for a rejection. */
  readonly reason: number;
};

/** A result with its centre's signature. */
export type SignedResult = {
  readonly result: CertificationResult;
  /** As hex, over what the ledger defines. */
  readonly signature: string;
};
