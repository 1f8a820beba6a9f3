import { keccak_256 } from "@noble/hashes/sha3.js";
import { hexlify } from "ethers";

import type { Hex } from "../../core/documents/Hex.js";
import type { UserList } from "./users/UserList.js";

const AT_ONCE = 4_096;

/**
 * The content hash of a roster with a root: `keccak256` over 33 bytes for each user, ascending by id: the id, and 0x01 for yes
 * or 0x00 for no. It does not depend on pool and cycle.
 */
export function rosterContentHash({ count, ids, answers }: UserList): Hex {
  const hash = keccak_256.create();
  const block = new Uint8Array(33 * AT_ONCE);
  for (let start = 0; start < count; start += AT_ONCE) {
    const end = Math.min(count, start + AT_ONCE);
    for (let i = start; i < end; ++i) {
      block.set(ids.subarray(i * 32, i * 32 + 32), (i - start) * 33);
      block[(i - start) * 33 + 32] = answers[i] ?? 0;
    }
    hash.update(block.subarray(0, (end - start) * 33));
  }
  return hexlify(hash.digest());
}
