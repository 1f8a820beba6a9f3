import { keccak_256 } from "@noble/hashes/sha3.js";

import { compareRecords } from "../users/compareRecords.js";

const pair = new Uint8Array(64);

/** Hashes two nodes of 32 bytes, the smaller first. */
export function hashPair(a: Uint8Array, atA: number, b: Uint8Array, atB: number): Uint8Array {
  const swap = compareRecords(a, atA, b, atB) > 0;
  for (let i = 0; i < 32; ++i) {
    pair[i] = (swap ? b[atB + i] : a[atA + i]) ?? 0;
    pair[32 + i] = (swap ? a[atA + i] : b[atB + i]) ?? 0;
  }
  return keccak_256(pair);
}
