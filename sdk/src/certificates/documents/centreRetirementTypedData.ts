import type { TypedData } from "../../core/signatures/TypedData.js";
import type { CentreRetirement } from "./CentreAdmission.js";
import { certificatesDomain, type CertificatesPlace } from "./certificatesDomain.js";
import { certificateTypes } from "./certificateTypes.js";

/**
 * The typed data of a centre's retirement, for its committee to approve.
 *
 * @example
 * import { centreRetirementTypedData, hashTyped } from "@guildhall/sdk";
 * const retirement = { committeeId: `0x${"11".repeat(32)}`, epoch: 1, centre: 2 };
 * assert.equal(hashTyped(centreRetirementTypedData({ chainId: 1n, contract }, retirement)).length, 66);
 */
export function centreRetirementTypedData(
  place: CertificatesPlace,
  { committeeId, epoch, centre }: CentreRetirement,
): TypedData {
  return {
    domain: certificatesDomain(place),
    types: certificateTypes.CentreRetirement,
    primaryType: "CentreRetirement",
    message: { committeeId, epoch, centre },
  };
}
