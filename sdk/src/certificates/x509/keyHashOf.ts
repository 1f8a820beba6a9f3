import { sha256 } from "ethers";

/**
 * What stands for a key everywhere: SHA-256 of its SubjectPublicKeyInfo in DER, as hex.
 *
 * @example
 * import { createKeyPair, keyHashOf } from "@guildhall/sdk/certificates";
 * const { spki } = await createKeyPair("P-256");
 * assert.equal(keyHashOf(spki).length, 66);
 */
export function keyHashOf(spki: Uint8Array): string {
  return sha256(spki);
}
