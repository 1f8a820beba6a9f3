import { hashTyped } from "../../core/signatures/hashTyped.js";
import type { TypedData } from "../../core/signatures/TypedData.js";
import type { Rebinding } from "./Rebinding.js";
import type { RewardsPlace } from "./rewardsDomain.js";
import { rewardTypes } from "./rewardTypes.js";
import { userRebindingTypedData } from "./userRebindingTypedData.js";

/**
 * The typed data of a rebinding for the registrar, who signs second: it names the digest that the user signed.
 *
 * @example
 * import { type Rebinding, registrarRebindingTypedData } from "@guildhall/sdk";
 * const id = `0x${"11".repeat(32)}`;
 * const parties = { account: wallet.address, newAccount: contract };
 * const rebinding: Rebinding = { poolId: id, userId: id, ...parties, nonce: 0, deadline: 1_900_000_000 };
 * const { message } = registrarRebindingTypedData({ chainId: 1n, contract }, rebinding);
 * assert.match(String(message["userEndorsement"]), /^0x[0-9a-f]{64}$/);
 */
export function registrarRebindingTypedData(place: RewardsPlace, rebinding: Rebinding): TypedData {
  const user = userRebindingTypedData(place, rebinding);
  return {
    domain: user.domain,
    types: rewardTypes.RegistrarRebinding,
    primaryType: "RegistrarRebinding",
    message: { ...user.message, userEndorsement: hashTyped(user) },
  };
}
