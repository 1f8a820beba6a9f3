import { hexlify } from "ethers";

import { suite } from "./hpke.js";

/** A centre's key for identifications: both halves 32 bytes as hex. */
export type CentreKey = { readonly publicKey: string; readonly secretKey: string };

/**
 * Makes the key that identifications are sealed to for a centre. Its public half goes to applicants.
 *
 * @example
 * import { createCentreKey } from "@guildhall/sdk/certificates";
 * assert.equal((await createCentreKey()).publicKey.length, 66);
 */
export async function createCentreKey(): Promise<CentreKey> {
  const { publicKey, privateKey } = await suite.kem.generateKeyPair();
  return {
    publicKey: hexlify(new Uint8Array(await suite.kem.serializePublicKey(publicKey))),
    secretKey: hexlify(new Uint8Array(await suite.kem.serializePrivateKey(privateKey))),
  };
}
