import { getBytes } from "ethers";

import { suite } from "./internal/suite.js";

/**
 * Whether a group signed a digest, by RFC 9591 FROST(secp256k1, SHA-256).
 *
 * @param options.signature - 65 bytes: R compressed, then z.
 * @param options.groupKey - Compressed point.
 * @example
 * import { verifyFrostSignature } from "@guildhall/sdk";
 * const groupKey = "0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
 * assert.equal(verifyFrostSignature({ groupKey, digest: "0x" + "00".repeat(32), signature: "0x" }), false);
 */
export function verifyFrostSignature({
  groupKey,
  digest,
  signature,
}: {
  readonly groupKey: string;
  readonly digest: string;
  readonly signature: string;
}): boolean {
  try {
    return suite.verify(getBytes(signature), getBytes(digest), getBytes(groupKey));
  } catch {
    return false;
  }
}
