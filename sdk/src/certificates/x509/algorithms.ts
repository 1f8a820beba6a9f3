/** Object identifiers of keys, with the names that this SDK gives them. */
export const keyOids = {
  rsa: "1.2.840.113549.1.1.1",
  rsaPss: "1.2.840.113549.1.1.10",
  ec: "1.2.840.10045.2.1",
  ed25519: "1.3.101.112",
  ed448: "1.3.101.113",
} as const;

export const curves: ReadonlyMap<string, string> = new Map([
  ["1.2.840.10045.3.1.7", "P-256"],
  ["1.3.132.0.34", "P-384"],
  ["1.3.132.0.35", "P-521"],
  ["1.3.132.0.10", "secp256k1"],
]);

export const signatureAlgorithms: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.1.1.4", "RSA-MD5"],
  ["1.2.840.113549.1.1.5", "RSA-SHA1"],
  ["1.2.840.113549.1.1.11", "RSA-SHA256"],
  ["1.2.840.113549.1.1.12", "RSA-SHA384"],
  ["1.2.840.113549.1.1.13", "RSA-SHA512"],
  ["1.2.840.113549.1.1.10", "RSA-PSS"],
  ["1.2.840.10045.4.1", "ECDSA-SHA1"],
  ["1.2.840.10045.4.3.2", "ECDSA-SHA256"],
  ["1.2.840.10045.4.3.3", "ECDSA-SHA384"],
  ["1.2.840.10045.4.3.4", "ECDSA-SHA512"],
  ["1.3.101.112", "Ed25519"],
  ["1.3.101.113", "Ed448"],
]);

/** Object identifiers of extensions and attributes. */
export const oids = {
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  nameConstraints: "2.5.29.30",
  authorityKeyIdentifier: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
  challengePassword: "1.2.840.113549.1.9.7",
  extensionRequest: "1.2.840.113549.1.9.14",
} as const;
