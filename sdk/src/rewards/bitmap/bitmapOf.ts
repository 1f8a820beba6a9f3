import { ZeroHash } from "ethers";

import { RewardError } from "../RewardError.js";
import { bitmapContentHash } from "../roster/bitmap/bitmapContentHash.js";
import { chunkHashOf, MAX_CHUNK_LENGTH } from "../roster/bitmap/chunkHashOf.js";
import type { Bitmap } from "./Bitmap.js";

/** A bit for each user's index. */
export type BitmapParameters = {
  /** Users in it: the indexes 0 to count - 1. */
  readonly count: number;
  /** Bit `i % 8` of byte `i / 8` for the user of index i. */
  readonly bits: Uint8Array;
};

function countOnes(bits: Uint8Array): number {
  let ones = 0;
  for (let byte of bits) for (; byte !== 0; byte &= byte - 1) ++ones;
  return ones;
}

/**
 * Cuts bits into the chunks that are published, and takes their figures. Pure.
 *
 * Errors: {@link RewardError} REWARD_BITMAP_LENGTH where the bytes are not as many as the users need,
 * REWARD_BITMAP_STRAY_BITS where a bit behind the last user is set.
 *
 * @example
 * import { bitmapOf } from "@guildhall/sdk";
 * const { figures, chunks } = bitmapOf({ count: 3, bits: Uint8Array.of(0b101) });
 * assert.deepEqual([figures.count, figures.eligible, chunks.length], [3, 2, 1]);
 */
export function bitmapOf({ count, bits }: BitmapParameters): Bitmap {
  const expected = Math.ceil(count / 8);
  if (bits.length !== expected) {
    throw new RewardError({
      code: "REWARD_BITMAP_LENGTH",
      args: { count, expected, actual: bits.length },
      what: `A bitmap of ${count} users has ${expected} bytes, and this one ${bits.length}.`,
      advice: "Give one bit for each bound user, in the order of their indexes.",
    });
  }
  if (count % 8 !== 0 && (bits[expected - 1] ?? 0) >> (count % 8) !== 0) {
    throw new RewardError({
      code: "REWARD_BITMAP_STRAY_BITS",
      args: { count },
      what: `The bitmap has bits behind its last user, whose index is ${count - 1}.`,
      advice: "Clear them, or count the users that they are meant for.",
    });
  }
  const chunks = Array.from({ length: Math.ceil(bits.length / MAX_CHUNK_LENGTH) }, (_, i) =>
    bits.subarray(i * MAX_CHUNK_LENGTH, (i + 1) * MAX_CHUNK_LENGTH),
  );
  const chunkHashes = chunks.map(chunkHashOf);
  const contentHash = bitmapContentHash(count, chunkHashes);
  return { figures: { root: ZeroHash, count, eligible: countOnes(bits), contentHash }, chunks, chunkHashes };
}
