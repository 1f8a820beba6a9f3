import type { CertificateVerdict } from "../../../certificates/state/names.js";

/** Where verdicts come from: see `createVerdictCache`. */
export type VerdictSource = {
  /** The verdict on the certificate of this content hash; `undefined` where nothing fresh is known. It may not wait. */
  readonly verify: (contentHash: string) => CertificateVerdict | undefined;
  /** The same, after looking. */
  readonly ask?: (contentHash: string) => Promise<CertificateVerdict | undefined>;
  /** Tells of what may have changed; what it gives back ends it. */
  readonly subscribe?: (listener: () => void) => () => void;
};

/** How peers are judged: by their own certificates, which have to be valid, and those above them that the ledger knows. */
export type PeerPolicy = VerdictSource & {
  /** Whether a peer is refused (`closed`) or let in (`open`) while nothing fresh is known about its certificate. */
  readonly onUnavailable: "closed" | "open";
  /**
   * Content hashes of the roots that TLS is given in `ca`. With them, a peer cannot hide a certificate above it behind another one
   * of the same key that it made itself.
   */
  readonly roots?: ReadonlySet<string>;
};
