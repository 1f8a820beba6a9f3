import { AbiCoder, keccak256 } from "ethers";

import type { Hex } from "../../../core/documents/Hex.js";

/**
 * The content hash of a bitmap: `keccak256(abi.encode(uint32 count, bytes32[] chunkHashes))`.
 *
 * @example
 * import { bitmapContentHash, chunkHashOf } from "@guildhall/sdk";
 * assert.equal(bitmapContentHash(3, [chunkHashOf(Uint8Array.of(0b101))]).length, 66);
 */
export function bitmapContentHash(count: number, chunkHashes: readonly Hex[]): Hex {
  return keccak256(AbiCoder.defaultAbiCoder().encode(["uint32", "bytes32[]"], [count, chunkHashes]));
}
