import type { TypedData } from "../../core/signatures/TypedData.js";
import type { CentreAdmission } from "./CentreAdmission.js";
import { certificatesDomain, type CertificatesPlace } from "./certificatesDomain.js";
import { certificateTypes } from "./certificateTypes.js";

/**
 * The typed data of a centre's admission, for its committee to approve.
 *
 * @example
 * import { centreAdmissionTypedData, hashTyped } from "@guildhall/sdk";
 * const hash = `0x${"11".repeat(32)}`;
 * const centre = { account: wallet.address, issuerKeyHash: hash, issuerIsP256: true };
 * const data = centreAdmissionTypedData({ chainId: 1n, contract }, { committeeId: hash, epoch: 1, ...centre, salt: hash });
 * assert.equal(hashTyped(data).length, 66);
 */
export function centreAdmissionTypedData(
  place: CertificatesPlace,
  { committeeId, epoch, account, issuerKeyHash, issuerIsP256, salt }: CentreAdmission,
): TypedData {
  return {
    domain: certificatesDomain(place),
    types: certificateTypes.CentreAdmission,
    primaryType: "CentreAdmission",
    message: { committeeId, epoch, account, issuerKeyHash, issuerIsP256, salt },
  };
}
