import { getBytes, toUtf8Bytes } from "ethers";

import { BITMAP_HEADER_LENGTH, BITMAP_MAGIC, BITMAP_VERSION } from "./bitmapLayout.js";
import type { BitmapRoster } from "./BitmapRoster.js";

/**
 * The file of a bitmap: a header of 96 bytes, then the bits.
 *
 * @example
 * import { encodeBitmapRoster } from "@guildhall/sdk";
 * const zero = `0x${"00".repeat(32)}`;
 * const figures = { poolId: zero, cycle: 0, root: zero, count: 0, eligible: 0, contentHash: zero };
 * assert.equal(encodeBitmapRoster({ figures, chunks: [], chunkHashes: [] }).length, 96);
 */
export function encodeBitmapRoster({ figures, chunks }: BitmapRoster): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, BITMAP_HEADER_LENGTH));
  const view = new DataView(bytes.buffer);
  bytes.set(toUtf8Bytes(BITMAP_MAGIC));
  view.setUint32(8, BITMAP_VERSION);
  view.setUint32(12, figures.cycle);
  view.setUint32(16, figures.count);
  view.setUint32(20, figures.eligible);
  bytes.set(getBytes(figures.poolId), 32);
  bytes.set(getBytes(figures.contentHash), 64);
  let at = BITMAP_HEADER_LENGTH;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
