import { concat, dataLength, dataSlice } from "ethers";

import { FrostError } from "./FrostError.js";
import { fromGroupKeyPoint } from "./fromGroupKeyPoint.js";

/**
 * Turns a FROST approval of the registry into the signature as RFC 9591 writes it.
 *
 * @param approval - 97 bytes: `0x02 ‖ Rx ‖ Ry ‖ z`.
 * @returns 65 bytes: R compressed, then z.
 * @throws `FROST_LENGTH`, `FROST_FORMAT` where the first byte is not 2, `FROST_POINT` where R is off the curve
 * @example
 * import { fromFrostApproval } from "@guildhall/sdk";
 * assert.throws(() => fromFrostApproval("0x02"), { code: "FROST_LENGTH" });
 */
export function fromFrostApproval(approval: string): string {
  const actual = dataLength(approval);
  if (actual !== 97) throw new FrostError("FROST_LENGTH", { document: "FROST approval", expected: 97, actual });
  if (dataSlice(approval, 0, 1) !== "0x02") {
    throw new FrostError("FROST_FORMAT", { document: "FROST approval", reason: "its first byte is not 2" });
  }
  const point = { x: BigInt(dataSlice(approval, 1, 33)), y: BigInt(dataSlice(approval, 33, 65)) };
  return concat([fromGroupKeyPoint(point), dataSlice(approval, 65)]);
}
