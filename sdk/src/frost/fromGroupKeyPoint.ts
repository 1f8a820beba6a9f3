import { secp256k1 } from "@noble/curves/secp256k1.js";
import { hexlify } from "ethers";

import { FrostError } from "./FrostError.js";
import type { GroupKeyPoint } from "./GroupKeyPoint.js";

/**
 * Compresses a point of the curve.
 *
 * @returns 33 bytes.
 * @throws `FROST_POINT` where it is off the curve
 * @example
 * import { fromGroupKeyPoint } from "@guildhall/sdk";
 * assert.throws(() => fromGroupKeyPoint({ x: 1n, y: 1n }), { code: "FROST_POINT" });
 */
export function fromGroupKeyPoint({ x, y }: GroupKeyPoint): string {
  try {
    const point = secp256k1.Point.fromAffine({ x, y });
    point.assertValidity();
    return hexlify(point.toBytes());
  } catch {
    throw new FrostError("FROST_POINT", { x, y });
  }
}
