import { secp256k1 } from "@noble/curves/secp256k1.js";

type Point = InstanceType<typeof secp256k1.Point>;

/** The committed polynomial, in the exponent, at a public x (Horner's rule over the library's points). */
export function sharePointOf(commitments: readonly Point[], x: bigint): Point {
  return commitments.reduceRight((sum, commitment) => sum.multiplyUnsafe(x).add(commitment), secp256k1.Point.ZERO);
}
