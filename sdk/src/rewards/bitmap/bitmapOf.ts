import { RewardError } from "../RewardError.js";
import { cutBitmap } from "../roster/bitmap/cutBitmap.js";
import type { Bitmap } from "./Bitmap.js";

/** A bit for each user's index. */
export type BitmapParameters = {
  /** Users in it: the indexes 0 to count - 1. */
  readonly count: number;
  /** Bit `i % 8` of byte `i / 8` for the user of index i. */
  readonly bits: Uint8Array;
};

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
  return cutBitmap(count, bits);
}
