import type { CertificateState } from "../state/CertificateState.js";
import type { CertificateVerdict } from "../state/names.js";

/** What of a block's header is trusted: it came from a light client, another node, or a bridge. */
export type TrustedHeader = {
  readonly number: number;
  readonly stateRoot: string;
  /** Unix seconds. */
  readonly timestamp: number;
};

/** A certificate's state that was proved against a block's state root. */
export type ProvenState = {
  readonly state: CertificateState;
  /** At the time of the block. */
  readonly verdict: CertificateVerdict;
  readonly header: TrustedHeader;
};
