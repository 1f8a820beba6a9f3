/** What an applicant asks the centres of a committee to certify. */
export type Application = {
  readonly committeeId: string;
  /** The number of the receiving centre, whose account the certificate comes to. */
  readonly centre: number;
  /** The account that applies. */
  readonly applicant: string;
  /** SHA-256 of the SubjectPublicKeyInfo of the key to be certified. */
  readonly subjectKeyHash: string;
  /** The salted hash of the identification. */
  readonly identityHash: string;
  /** SHA-256 of the PKCS#10 request. */
  readonly possessionHash: string;
  /** The certificate that this one may replace; left out for none. */
  readonly predecessorId?: string;
  /** Unix seconds, inclusive. */
  readonly notBefore: number;
  /** Unix seconds, inclusive. */
  readonly notAfter: number;
  /** Unix seconds: the application is decided before it. */
  readonly deadline: number;
};
