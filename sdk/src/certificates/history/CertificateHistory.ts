import type { CertificateEventArgs } from "../logs/certificateEvents.js";
import type { CertificateRecord } from "./CertificateRecord.js";

/** A record with its id. */
export type IdentifiedRecord = CertificateRecord & { readonly recordId: string };

/** All that happened to a certificate, proved by its head. Times are Unix seconds. */
export type CertificateHistory = CertificateEventArgs<"CertificateIssued"> & {
  /** From the first to the last. */
  readonly records: readonly IdentifiedRecord[];
  /** The last record's id, as the ledger has it. */
  readonly head: string;
  /** The successors that the committee approved, the last one counts. */
  readonly successors: readonly { readonly successorId: string; readonly from: number }[];
  /** When centres that held it were retired. */
  readonly retirements: readonly { readonly centre: number; readonly from: number }[];
};
