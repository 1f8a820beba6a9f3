import type { AlternativeNames } from "./AlternativeNames.js";
import type { NameConstraints } from "./NameConstraints.js";

/** What the extensions of a certificate or a request say, as far as they are read. */
export type CertificateExtensions = {
  readonly names: AlternativeNames;
  /** Whether the holder may issue certificates. */
  readonly isCa: boolean;
  /** How many further authorities may stand below, where that is bounded. */
  readonly pathLength?: number;
  /** Whether the key may sign certificates, where key usage is given. */
  readonly maySignCertificates?: boolean;
  /** Which names certificates below may be for, where that is bounded. */
  readonly nameConstraints?: NameConstraints;
  /** Object identifiers of what the key may be used for, where that is given. */
  readonly extendedKeyUsage?: readonly string[];
  /** What certificates below point at this key with, as hex, where it is given. */
  readonly subjectKeyIdentifier?: string;
  /** Object identifiers of all extensions, in their order. */
  readonly oids: readonly string[];
  /** Object identifiers of the critical ones that are not read: who meets one must not trust the certificate. */
  readonly unknownCritical: readonly string[];
};
