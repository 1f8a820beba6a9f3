import type { TypedData } from "../../core/signatures/TypedData.js";
import type { CommitteeRequest } from "./CertificateRequest.js";
import { certificatesDomain, type CertificatesPlace } from "./certificatesDomain.js";
import { certificateTypes } from "./certificateTypes.js";
import { requestToMessage } from "./toMessage.js";

/**
 * The typed data of a request that the committee approves.
 *
 * @example
 * import { type CertificateRequest, committeeRequestTypedData, hashTyped } from "@guildhall/sdk";
 * const hash = `0x${"11".repeat(32)}`;
 * const consumed = { certificateId: hash, previousRecord: hash };
 * const request: CertificateRequest = { ...consumed, operation: "REHOME", reason: 0, centre: 2, deadline: 1_900_000_000 };
 * const data = committeeRequestTypedData({ chainId: 1n, contract }, { committeeId: hash, epoch: 1, request });
 * assert.equal(hashTyped(data).length, 66);
 */
export function committeeRequestTypedData(
  place: CertificatesPlace,
  { committeeId, epoch, request }: CommitteeRequest,
): TypedData {
  return {
    domain: certificatesDomain(place),
    types: certificateTypes.CommitteeRequest,
    primaryType: "CommitteeRequest",
    message: { committeeId, epoch, ...requestToMessage(request) },
  };
}
