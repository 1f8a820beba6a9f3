import type { Hex } from "../../../core/documents/Hex.js";
import { bitmapContentHash } from "./bitmapContentHash.js";
import { chunkHashOf, MAX_CHUNK_LENGTH } from "./chunkHashOf.js";

const ZERO_ROOT = `0x${"00".repeat(32)}`;

/** Bits as they are published. */
export type CutBitmap = {
  readonly figures: {
    readonly root: Hex;
    readonly count: number;
    readonly eligible: number;
    readonly contentHash: Hex;
  };
  readonly chunks: readonly Uint8Array[];
  readonly chunkHashes: readonly Hex[];
};

/** Cuts the bits of `count` users into chunks, and takes their figures. */
export function cutBitmap(count: number, bits: Uint8Array): CutBitmap {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bits.length; at += MAX_CHUNK_LENGTH) chunks.push(bits.subarray(at, at + MAX_CHUNK_LENGTH));
  const chunkHashes = chunks.map(chunkHashOf);
  let eligible = 0;
  for (let index = 0; index < count; ++index) eligible += ((bits[index >>> 3] ?? 0) >>> (index & 7)) & 1;
  const contentHash = bitmapContentHash(count, chunkHashes);
  return { figures: { root: ZERO_ROOT, count, eligible, contentHash }, chunks, chunkHashes };
}
