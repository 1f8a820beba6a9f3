import { concat, keccak256, toBeHex } from "ethers";

/** The most bytes of one chunk: what fits the largest contract, after the byte that keeps a chunk from being called. */
export const MAX_CHUNK_BYTES = 24_575;

/** The hash of a chunk, from which its address follows: that of the code which creates it (Solady's SSTORE2). */
export function chunkHashOf(chunk: Uint8Array): string {
  return keccak256(concat(["0x61", toBeHex(chunk.length + 1, 2), "0x80600a3d393df300", chunk]));
}
