import type { CertificateLedger } from "../../../typechain-types/certificates/CertificateLedger.js";
import type { ClientContext } from "../core/ClientContext.js";

/** What the parts of the client read and write through. */
export type CertificatesAccess = {
  readonly context: ClientContext;
  /** The address of CertificateLedger. */
  readonly address: string;
  /** Bound to the provider: reads alone. */
  readonly reader: CertificateLedger;
};
