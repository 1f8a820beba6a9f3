import type { Operation, Requester } from "../state/names.js";

/** One step of a certificate from account to account. */
export type CertificateRecord = {
  readonly certificateId: string;
  /** The account's number, 0 where it is issued. */
  readonly from: number;
  readonly to: number;
  readonly operation: Operation;
  readonly requester: Requester;
  /** A CRLReason. */
  readonly reason: number;
  /** What was signed or approved: the application's id, or the request's struct hash; zero where the caller itself asked. */
  readonly requestHash: string;
  /** The id of the record before; zero for the first. */
  readonly previousRecord: string;
  readonly blockNumber: number;
  /** Unix seconds. */
  readonly timestamp: number;
};
