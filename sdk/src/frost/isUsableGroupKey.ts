import { secp256k1 } from "@noble/curves/secp256k1.js";
import { getBytes } from "ethers";

/**
 * Whether a registry takes the key as a group key: its x must be below the group order, because the contract recovers a
 * signer with x in the place of an ECDSA scalar. One key in 2^128 is not.
 *
 * @param groupKey - Compressed point, 33 bytes.
 * @example
 * import { isUsableGroupKey } from "@guildhall/sdk";
 * assert.equal(isUsableGroupKey("0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"), true);
 */
export function isUsableGroupKey(groupKey: string): boolean {
  return secp256k1.Point.fromBytes(getBytes(groupKey)).x < secp256k1.Point.Fn.ORDER;
}
