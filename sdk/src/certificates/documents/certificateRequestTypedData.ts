import type { TypedData } from "../../core/signatures/TypedData.js";
import type { CertificateRequest } from "./CertificateRequest.js";
import { certificatesDomain, type CertificatesPlace } from "./certificatesDomain.js";
import { certificateTypes } from "./certificateTypes.js";
import { requestToMessage } from "./toMessage.js";

/**
 * The typed data of a request, for the certificate's holder or its receiving centre to sign.
 *
 * @example
 * import { certificateRequestTypedData, type CertificateRequest, hashTyped } from "@guildhall/sdk";
 * const hash = `0x${"11".repeat(32)}`;
 * const consumed = { certificateId: hash, previousRecord: hash };
 * const request: CertificateRequest = { ...consumed, operation: "REVOKE", reason: 1, deadline: 1_900_000_000 };
 * assert.equal(hashTyped(certificateRequestTypedData({ chainId: 1n, contract }, request)).length, 66);
 */
export function certificateRequestTypedData(place: CertificatesPlace, request: CertificateRequest): TypedData {
  return {
    domain: certificatesDomain(place),
    types: certificateTypes.CertificateRequest,
    primaryType: "CertificateRequest",
    message: requestToMessage(request),
  };
}
