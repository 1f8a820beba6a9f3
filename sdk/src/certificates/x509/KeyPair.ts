/** A key of the platform's WebCrypto. */
export type WebKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** The kinds of keys that requests and certificates are made with. */
export const keyAlgorithms = ["P-256", "P-384", "Ed25519", "RSA"] as const;

export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** A key that signs. */
export type KeyPair = {
  readonly algorithm: KeyAlgorithm;
  readonly privateKey: WebKey;
  /** The public key: its SubjectPublicKeyInfo in DER. */
  readonly spki: Uint8Array;
};
