/** The order of P-256. */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * The lower of the two values of s that make a P-256 signature: contracts refuse the higher one, so that nobody makes a
 * second signature out of a first.
 *
 * @example
 * import { lowS } from "@guildhall/sdk/certificates";
 * assert.equal(lowS(7n), 7n);
 * assert.equal(lowS(0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n - 7n), 7n);
 */
export function lowS(s: bigint): bigint {
  return s > ORDER / 2n && s < ORDER ? ORDER - s : s;
}
