import type { CertificateEvent, CertificateEventArgs } from "../logs/certificateEvents.js";
import { findEvent } from "../../core/transactions/findEvent.js";

/** A certificate that was moved from account to account. */
export type MovedCertificate = CertificateEventArgs<"CertificateMoved"> & {
  /** The numbers of the accounts. */
  readonly from: number;
  readonly to: number;
};

/** The move of a certificate among events. */
export function movedOf(events: readonly CertificateEvent[], certificateId: string): MovedCertificate | undefined {
  const moved = findEvent(events, "CertificateMoved", { certificateId });
  const transfer = findEvent(events, "Transfer", { certificateId });
  if (moved === undefined || transfer === undefined) return undefined;
  return { ...moved, from: transfer.from, to: transfer.to };
}
