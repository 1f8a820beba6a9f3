import { secp256k1 } from "@noble/curves/secp256k1.js";
import { concat, dataLength, dataSlice, getBytes, toBeHex } from "ethers";

import { FrostError } from "./FrostError.js";

/**
 * Turns a FROST signature into the approval that the registry takes: `0x02 ‖ Rx ‖ Ry ‖ z`.
 *
 * @param signature - 65 bytes: R compressed, then z.
 * @returns 97 bytes.
 * @throws `FROST_LENGTH`, `FROST_FORMAT` where R is no point or z not below the group order
 * @example
 * import { fromFrostApproval, toFrostApproval } from "@guildhall/sdk";
 * const signature = "0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" + "00".repeat(31) + "01";
 * assert.equal(fromFrostApproval(toFrostApproval(signature)), signature);
 */
export function toFrostApproval(signature: string): string {
  const actual = dataLength(signature);
  if (actual !== 65) throw new FrostError("FROST_LENGTH", { document: "FROST signature", expected: 65, actual });
  const z = dataSlice(signature, 33);
  if (BigInt(z) >= secp256k1.Point.Fn.ORDER) throw unreadable("z is not below the group order");
  let point: { readonly x: bigint; readonly y: bigint };
  try {
    point = secp256k1.Point.fromBytes(getBytes(dataSlice(signature, 0, 33)));
  } catch {
    throw unreadable("R is no point of the curve");
  }
  return concat(["0x02", toBeHex(point.x, 32), toBeHex(point.y, 32), z]);
}

function unreadable(reason: string): FrostError {
  return new FrostError("FROST_FORMAT", { document: "FROST signature", reason });
}
