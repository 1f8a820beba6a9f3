import type { TypedData } from "../../core/signatures/TypedData.js";
import { rewardsDomain, type RewardsPlace } from "./rewardsDomain.js";
import { rewardTypes } from "./rewardTypes.js";
import type { Verdict } from "./Verdict.js";

/**
 * The typed data of a verdict. Its digest is what the verifier's committee approves.
 *
 * @example
 * import { hashTyped, type Roster, verdictTypedData } from "@guildhall/sdk";
 * const id = `0x${"11".repeat(32)}`;
 * const roster: Roster = { root: id, count: 2, eligible: 1, contentHash: id, evidenceUri: "", noneEligible: false };
 * const verdict = { committeeId: id, epoch: 1, poolId: id, cycle: 0, revision: 1, roster };
 * assert.equal(hashTyped(verdictTypedData({ chainId: 1n, contract }, verdict)).length, 66);
 */
export function verdictTypedData(
  place: RewardsPlace,
  { committeeId, epoch, poolId, cycle, revision, roster }: Verdict,
): TypedData {
  const { root, count, eligible, contentHash, evidenceUri, noneEligible } = roster;
  return {
    domain: rewardsDomain(place),
    types: rewardTypes.Verdict,
    primaryType: "Verdict",
    message: {
      ...{ committeeId, epoch, poolId, cycle, revision },
      ...{ root, count, eligible, contentHash, evidenceUri, noneEligible },
    },
  };
}
