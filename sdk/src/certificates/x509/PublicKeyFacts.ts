/** What a SubjectPublicKeyInfo says. */
export type PublicKeyFacts = {
  /** The whole of it, in DER. */
  readonly spki: Uint8Array;
  /** SHA-256 of the whole. */
  readonly keyHash: string;
  /** `RSA`, `RSA-PSS`, `P-256`, `P-384`, `P-521`, `secp256k1`, `Ed25519`, `Ed448`, or an object identifier in digits. */
  readonly algorithm: string;
  /** Of the modulus, for RSA. */
  readonly bits?: number;
};
