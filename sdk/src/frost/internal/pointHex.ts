import { secp256k1 } from "@noble/curves/secp256k1.js";
import { getBytes, hexlify, isHexString } from "ethers";

/** The compressed point in a value from the wire, in its one spelling, or `undefined`. */
export function pointHex(value: unknown): string | undefined {
  if (!isHexString(value, 33)) return undefined;
  try {
    return hexlify(secp256k1.Point.fromBytes(getBytes(value)).toBytes());
  } catch {
    return undefined;
  }
}
