import { getBytes, hexlify } from "ethers";

import type { Hex } from "../../../core/documents/Hex.js";
import type { RosterEntry, RosterPlace } from "../Roster.js";
import { leafHasher } from "./leafHasher.js";

/**
 * A leaf of a roster's tree: `keccak256(keccak256(abi.encode(poolId, cycle, userId, eligible)))`.
 *
 * @example
 * import { leafOf } from "@guildhall/sdk";
 * const leaf = leafOf({ poolId: `0x${"01".repeat(32)}`, cycle: 3, userId: `0x${"07".repeat(32)}`, eligible: true });
 * assert.equal(leaf.length, 66);
 */
export function leafOf({ poolId, cycle, userId, eligible }: RosterPlace & RosterEntry): Hex {
  return hexlify(leafHasher({ poolId, cycle })(getBytes(userId), 0, eligible));
}
