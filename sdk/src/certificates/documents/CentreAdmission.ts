/** A centre that a committee admits. */
export type CentreAdmission = {
  readonly committeeId: string;
  readonly epoch: number;
  /** Acts for the centre. */
  readonly account: string;
  /** SHA-256 of the SubjectPublicKeyInfo of the key that signs certificates. */
  readonly issuerKeyHash: string;
  /** Whether that key is P-256: then the ledger checks each signature. */
  readonly issuerIsP256: boolean;
  /** Tells two admissions of the same centre apart. */
  readonly salt: string;
};

/** A centre that its committee retires. */
export type CentreRetirement = {
  readonly committeeId: string;
  readonly epoch: number;
  readonly centre: number;
};
