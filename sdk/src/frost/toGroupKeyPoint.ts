import { secp256k1 } from "@noble/curves/secp256k1.js";
import { getBytes } from "ethers";

import { FrostError } from "./FrostError.js";
import type { GroupKeyPoint } from "./GroupKeyPoint.js";
import { isUsableGroupKey } from "./isUsableGroupKey.js";

/**
 * Turns a compressed group key into the point that the registry takes.
 *
 * @param groupKey - 33 bytes.
 * @throws `FROST_FORMAT` where it is no point, `FROST_GROUP_KEY_RANGE` where its x is not below the group order
 * @example
 * import { fromGroupKeyPoint, toGroupKeyPoint } from "@guildhall/sdk";
 * const groupKey = "0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
 * assert.equal(fromGroupKeyPoint(toGroupKeyPoint(groupKey)), groupKey);
 */
export function toGroupKeyPoint(groupKey: string): GroupKeyPoint {
  let point: GroupKeyPoint;
  try {
    point = secp256k1.Point.fromBytes(getBytes(groupKey)).toAffine();
  } catch {
    throw new FrostError("FROST_FORMAT", { document: "group key", reason: "it is no point of the curve" });
  }
  if (!isUsableGroupKey(groupKey)) throw new FrostError("FROST_GROUP_KEY_RANGE", { x: point.x });
  return { x: point.x, y: point.y };
}
