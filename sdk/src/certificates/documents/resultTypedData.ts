import type { TypedData } from "../../core/signatures/TypedData.js";
import type { CertificationResult } from "../CertificationResult.js";
import { certificatesDomain, type CertificatesPlace } from "./certificatesDomain.js";
import { certificateTypes } from "./certificateTypes.js";

/**
 * The typed data of a result, for a centre to sign, or for the committee to approve as a whole.
 *
 * @example
 * import { hashTyped, resultTypedData } from "@guildhall/sdk";
 * const [hash, zero] = [`0x${"11".repeat(32)}`, `0x${"00".repeat(32)}`];
 * const result = { committeeId: hash, epoch: 1, applicationId: hash, tbsHash: hash, contentHash: zero, approved: true, reason: 0 };
 * assert.equal(hashTyped(resultTypedData({ chainId: 1n, contract }, result)).length, 66);
 */
export function resultTypedData(place: CertificatesPlace, result: CertificationResult): TypedData {
  const { committeeId, epoch, applicationId, tbsHash, contentHash, approved, reason } = result;
  return {
    domain: certificatesDomain(place),
    types: certificateTypes.CertificationResult,
    primaryType: "CertificationResult",
    message: { committeeId, epoch, applicationId, tbsHash, contentHash, approved, reason },
  };
}
