import { AbiCoder, keccak256 } from "ethers";

/** The content hash of a bitmap: that of how many users it covers and of its chunks, in order. */
export function contentHashOf(count: number, chunkHashes: readonly string[]): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(["uint32", "bytes32[]"], [count, chunkHashes]));
}
