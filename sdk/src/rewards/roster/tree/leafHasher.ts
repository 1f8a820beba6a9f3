import { keccak_256 } from "@noble/hashes/sha3.js";
import { getBytes } from "ethers";

import type { RosterPlace } from "../Roster.js";

/** Makes a function that hashes one leaf of a place's tree after another, without an object for each. */
export function leafHasher({
  poolId,
  cycle,
}: RosterPlace): (ids: Uint8Array, at: number, eligible: boolean) => Uint8Array {
  const words = new Uint8Array(128);
  words.set(getBytes(poolId));
  new DataView(words.buffer).setUint32(60, cycle);
  return (ids, at, eligible) => {
    for (let i = 0; i < 32; ++i) words[64 + i] = ids[at + i] ?? 0;
    words[127] = eligible ? 1 : 0;
    return keccak_256(keccak_256(words));
  };
}
