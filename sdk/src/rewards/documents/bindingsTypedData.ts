import type { TypedData } from "../../core/signatures/TypedData.js";
import type { Bindings } from "./Bindings.js";
import { rewardsDomain, type RewardsPlace } from "./rewardsDomain.js";
import { rewardTypes } from "./rewardTypes.js";

/**
 * The typed data of bindings, for the registrar to sign.
 *
 * @example
 * import { bindingsTypedData, hashTyped } from "@guildhall/sdk";
 * const users = [{ userId: `0x${"22".repeat(32)}`, account: wallet.address }];
 * const bindings = { poolId: `0x${"11".repeat(32)}`, users, deadline: 1_900_000_000 };
 * const data = bindingsTypedData({ chainId: 1n, contract }, bindings);
 * assert.equal(hashTyped(data).length, 66);
 */
export function bindingsTypedData(place: RewardsPlace, { poolId, users, deadline }: Bindings): TypedData {
  return {
    domain: rewardsDomain(place),
    types: rewardTypes.Bindings,
    primaryType: "Bindings",
    message: { poolId, users: users.map(({ userId, account }) => ({ userId, account })), deadline },
  };
}
