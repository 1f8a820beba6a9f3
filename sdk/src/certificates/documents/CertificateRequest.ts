import type { Operation } from "../state/names.js";

/** A request for an operation on a certificate, as its holder or its receiving centre signs it. It consumes the last record. */
export type CertificateRequest = {
  readonly certificateId: string;
  /** The certificate's head: the request serves on no other. */
  readonly previousRecord: string;
  readonly operation: Operation;
  /** A CRLReason, 0 to 10 without 7. */
  readonly reason: number;
  /** For UPDATE, and left out for anything else. */
  readonly successorId?: string;
  /** For REHOME, and left out for anything else. */
  readonly centre?: number;
  /** Unix seconds before which it counts. */
  readonly deadline: number;
};

/** The same, as the committee approves it. */
export type CommitteeRequest = {
  readonly committeeId: string;
  readonly epoch: number;
  readonly request: CertificateRequest;
};
