/** A signed message as it travels. `to` is `*` for everyone. */
export type Envelope = {
  readonly format: "guildhall-frost";
  readonly version: 1;
  /** Names the run; all parties agree on it and use it once. */
  readonly session: string;
  /** Digest of all that the parties must agree on before the run. */
  readonly context: string;
  readonly round: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  /** ECDSA by the sender's channel key over {@link envelopeDigest}, 64 bytes. */
  readonly signature: string;
};

export const EVERYONE = "*";
