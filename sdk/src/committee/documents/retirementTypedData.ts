import type { TypedData } from "../../core/signatures/TypedData.js";
import type { CommitteePlace } from "../CommitteePlace.js";
import { committeeDomain } from "./committeeDomain.js";
import { committeeTypes } from "./committeeTypes.js";

/** What the members of the current epoch approve to end an epoch at once. */
export type Retirement = {
  readonly committeeId: string;
  readonly currentEpoch: number;
  /** An older epoch in its grace time, or the current one, which ends the committee for good. */
  readonly epoch: number;
};

/**
 * The typed data of a retirement, for the members of the current epoch to sign.
 *
 * @example
 * import { hashTyped, retirementTypedData } from "@guildhall/sdk";
 * const retirement = { committeeId: `0x${"11".repeat(32)}`, currentEpoch: 2, epoch: 1 };
 * assert.equal(hashTyped(retirementTypedData({ chainId: 1n, registry: contract }, retirement)).length, 66);
 */
export function retirementTypedData(
  place: CommitteePlace,
  { committeeId, currentEpoch, epoch }: Retirement,
): TypedData {
  return {
    domain: committeeDomain(place),
    types: committeeTypes.Retirement,
    primaryType: "Retirement",
    message: { committeeId, currentEpoch, epoch },
  };
}
