import { getBytes, sha256 } from "ethers";

import { readDer } from "./der/readDer.js";

/** What certificates point at a key with: the first 20 bytes of SHA-256 of its bits, by RFC 7093's first method. */
export function keyIdentifierOf(spki: Uint8Array): Uint8Array {
  const bits = readDer(spki, "public key").children[1]?.body.subarray(1) ?? new Uint8Array();
  return getBytes(sha256(bits)).subarray(0, 20);
}
