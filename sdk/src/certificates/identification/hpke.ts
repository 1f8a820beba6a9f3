import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";

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
