import type { CertificateEvent, CertificateEventArgs } from "../logs/certificateEvents.js";
import { argsOf } from "./certificateAction.js";

/** A certificate that was moved from account to account. */
export type MovedCertificate = CertificateEventArgs<"CertificateMoved"> & {
  /** The numbers of the accounts. */
  readonly from: number;
  readonly to: number;
};

/** The move of a certificate among events. */
export function movedOf(events: readonly CertificateEvent[], certificateId: string): MovedCertificate | undefined {
  const moved = argsOf(events, "CertificateMoved", "certificateId", certificateId);
  const transfer = argsOf(events, "Transfer", "certificateId", certificateId);
  if (moved === undefined || transfer === undefined) return undefined;
  return { ...moved, from: transfer.from, to: transfer.to };
}
