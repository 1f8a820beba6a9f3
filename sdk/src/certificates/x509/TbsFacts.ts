import type { CertificateExtensions } from "./CertificateExtensions.js";
import type { CertificateName } from "./CertificateName.js";
import type { PublicKeyFacts } from "./PublicKeyFacts.js";

/** What the to-be-signed part of a certificate says. */
export type TbsFacts = {
  /** The part itself, in DER. */
  readonly tbs: Uint8Array;
  /** SHA-256 of it, as hex. */
  readonly tbsHash: string;
  /** 1, 2 or 3. */
  readonly version: number;
  /** Hex without leading zeros, with its sign: `0x1f`, `-0x80`. */
  readonly serial: string;
  /** `RSA-SHA256`, `RSA-PSS`, `ECDSA-SHA256`, `Ed25519` and their like, or an object identifier in digits. */
  readonly signatureAlgorithm: string;
  readonly issuer: CertificateName;
  readonly subject: CertificateName;
  /** Unix seconds; the certificate is valid at this second already. Negative before 1970. */
  readonly notBefore: number;
  /** Unix seconds; the certificate is valid at this second still. */
  readonly notAfter: number;
  readonly key: PublicKeyFacts;
  /** SHA-256 of the subject's SubjectPublicKeyInfo, as hex. */
  readonly subjectKeyHash: string;
  readonly extensions: CertificateExtensions;
};
