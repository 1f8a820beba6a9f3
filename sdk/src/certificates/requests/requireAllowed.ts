import { CertificateError } from "../CertificateError.js";
import type { CertificateState } from "../state/CertificateState.js";
import { type Move, moveTarget } from "../state/moveTarget.js";

/** Refuses what the ledger would. Errors: {@link CertificateError} CERTIFICATE_NOT_ALLOWED. */
export function requireAllowed(state: CertificateState, move: Move): void {
  if (moveTarget(state, move) !== undefined) return;
  const { certificateId, accountType: from } = state;
  throw new CertificateError("CERTIFICATE_NOT_ALLOWED", { certificateId, from, ...move });
}
