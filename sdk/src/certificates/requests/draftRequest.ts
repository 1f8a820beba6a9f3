import { CertificateError } from "../CertificateError.js";
import type { CertificatesAccess } from "../CertificatesAccess.js";
import type { CertificateRequest } from "../documents/CertificateRequest.js";
import type { Operation, Requester } from "../state/names.js";
import { readCertificate } from "../state/readCertificate.js";
import { requireAllowed } from "./requireAllowed.js";

/** Operations that are asked for by a request. */
export type RequestedOperation = Exclude<Operation, "ISSUE" | "EXPIRE">;

/** What someone wants done with a certificate. */
export type DraftRequestParameters = {
  readonly certificateId: string;
  readonly operation: RequestedOperation;
  /** As whom it will be asked for. */
  readonly requester: Exclude<Requester, "ANYONE">;
  /** A CRLReason, 0 to 10 without 7; 0, unspecified, by default. */
  readonly reason?: number;
  /** For UPDATE. */
  readonly successorId?: string;
  /** For REHOME. */
  readonly centre?: number;
  /** Unix seconds before which it counts; an hour from now by default. */
  readonly deadline?: number;
};

const HOUR = 3_600;

/**
 * Drafts a request on the certificate's last record, for whoever must sign or approve it.
 *
 * Errors: {@link CertificateError} CERTIFICATE_NOT_ALLOWED, CERTIFICATE_ARGUMENT; {@link ContractRevertError}
 * CertificateLedgerCertificateUnknown; {@link RpcError}.
 */
export async function draftRequest(
  access: CertificatesAccess,
  { certificateId, operation, requester, reason = 0, successorId, centre, deadline }: DraftRequestParameters,
): Promise<CertificateRequest> {
  requireArgument(operation, "successorId", successorId !== undefined, operation === "UPDATE");
  requireArgument(operation, "centre", centre !== undefined, operation === "REHOME");
  const [state, clock] = await Promise.all([readCertificate(access, certificateId), access.context.clock()]);
  const now = Number(clock);
  requireAllowed(state, { operation, requester, now });
  return {
    ...{ certificateId, previousRecord: state.head, operation, reason, deadline: deadline ?? now + HOUR },
    ...(successorId === undefined ? {} : { successorId }),
    ...(centre === undefined ? {} : { centre }),
  };
}

function requireArgument(operation: string, argument: string, given: boolean, needed: boolean): void {
  if (given !== needed) throw new CertificateError("CERTIFICATE_ARGUMENT", { operation, argument, given });
}
