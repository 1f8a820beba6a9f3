import type { KeyAlgorithm, KeyPair, WebKey } from "./KeyPair.js";
import { keyKindOf } from "./keyKinds.js";

/**
 * Makes a key. An RSA key has 3,072 bits.
 *
 * Errors: `CertificateError` CERT_KEY_UNSUPPORTED.
 *
 * @param options.extractable Whether it can be exported; by default it can
 * @example
 * import { createKeyPair, keyHashOf } from "@guildhall/sdk/certificates";
 * const key = await createKeyPair("Ed25519");
 * assert.equal(keyHashOf(key.spki).length, 66);
 */
export async function createKeyPair(
  algorithm: KeyAlgorithm,
  { extractable = true }: { readonly extractable?: boolean } = {},
): Promise<KeyPair> {
  const { generate } = keyKindOf(algorithm);
  const pair = (await crypto.subtle.generateKey(generate, extractable, ["sign", "verify"])) as {
    readonly privateKey: WebKey;
    readonly publicKey: WebKey;
  };
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey));
  return { algorithm, privateKey: pair.privateKey, spki };
}
