/** A centre as the ledger knows it. */
export type Centre = {
  readonly centre: number;
  /** The committee it belongs to. */
  readonly committeeId: string;
  /** What acts for it. */
  readonly account: string;
  /** SHA-256 of the SubjectPublicKeyInfo of the key that signs certificates. */
  readonly issuerKeyHash: string;
  /** Then the ledger checks each signature. */
  readonly issuerIsP256: boolean;
  readonly retired: boolean;
};
