import type { AccountType, Requester } from "./names.js";

/** A certificate as the ledger knows it. Times are Unix seconds. */
export type CertificateState = {
  readonly certificateId: string;
  /** The number of the account that holds it: `centre * 256 + type`. */
  readonly account: number;
  readonly centre: number;
  readonly accountType: AccountType;
  /** How many records there are. */
  readonly sequence: number;
  /** Inclusive. */
  readonly notBefore: number;
  /** Inclusive. */
  readonly notAfter: number;
  /** When the last record was made. */
  readonly movedAt: number;
  /**
   * When the freeze ends by itself, or ended: it stays known, since the centre has to wait as long again. Undefined for none, and
   * for one that lasts until it is undone.
   */
  readonly freezeEnds: number | undefined;
  /** A CRLReason, of the last record. */
  readonly reason: number;
  /** Who froze it; ANYONE where it is not frozen. */
  readonly frozenBy: Requester;
  /** The last record's id: what the next request consumes. */
  readonly head: string;
};
