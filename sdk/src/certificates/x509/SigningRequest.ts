import type { CertificateExtensions } from "./CertificateExtensions.js";
import type { CertificateName } from "./CertificateName.js";
import type { PublicKeyFacts } from "./PublicKeyFacts.js";

/** What a PKCS#10 request says. Nothing of it is checked but its form: see `checkSigningRequest`. */
export type SigningRequest = {
  readonly der: Uint8Array;
  /** SHA-256 of the whole, as hex: the application's proof of possession. */
  readonly possessionHash: string;
  readonly subject: CertificateName;
  readonly key: PublicKeyFacts;
  readonly signatureAlgorithm: string;
  /** What is asked for. */
  readonly extensions: CertificateExtensions;
  /** The challenge password, where the request has one: the CAIP-10 id of the account that applies. */
  readonly account?: string;
};
