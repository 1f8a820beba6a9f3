import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { hexlify } from "ethers";

/** HPKE as envelopes use it. */
export const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes128Gcm(),
});

/** What binds an envelope to its purpose and its centre. */
export function infoOf(centre: number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`guildhall identification 1, centre ${centre}`);
}

/** Seals bytes to a centre's public key of 32 bytes. Rejects where it is no X25519 key. */
export async function sealTo(
  centre: number,
  publicKey: Uint8Array,
  plain: Uint8Array,
  aad: Uint8Array,
): Promise<{ readonly encapsulated: string; readonly sealed: string }> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(Uint8Array.from(publicKey));
  const parameters = { recipientPublicKey, info: infoOf(centre) };
  const { enc, ct } = await suite.seal(parameters, Uint8Array.from(plain), Uint8Array.from(aad));
  return { encapsulated: hexlify(new Uint8Array(enc)), sealed: hexlify(new Uint8Array(ct)) };
}
