import type { TypedData } from "../../core/signatures/TypedData.js";
import type { Rebinding } from "./Rebinding.js";
import { rewardsDomain, type RewardsPlace } from "./rewardsDomain.js";
import { rewardTypes } from "./rewardTypes.js";

/**
 * The typed data of a rebinding for the user, who signs first, with the account that is bound now.
 *
 * @example
 * import { hashTyped, type Rebinding, userRebindingTypedData } from "@guildhall/sdk";
 * const id = `0x${"11".repeat(32)}`;
 * const parties = { account: wallet.address, newAccount: contract };
 * const rebinding: Rebinding = { poolId: id, userId: id, ...parties, nonce: 0, deadline: 1_900_000_000 };
 * assert.equal(hashTyped(userRebindingTypedData({ chainId: 1n, contract }, rebinding)).length, 66);
 */
export function userRebindingTypedData(place: RewardsPlace, rebinding: Rebinding): TypedData {
  const { poolId, userId, account, newAccount, nonce, deadline } = rebinding;
  return {
    domain: rewardsDomain(place),
    types: rewardTypes.UserRebinding,
    primaryType: "UserRebinding",
    message: { poolId, userId, account, newAccount, nonce, deadline },
  };
}
