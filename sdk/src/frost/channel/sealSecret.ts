import { secp256k1 } from "@noble/curves/secp256k1.js";
import { concat, getBytes } from "ethers";

import { bytesOf } from "../internal/bytesOf.js";

/** Named by its maker: the platforms' type libraries do not agree on a name. */
type MessageKey = Awaited<ReturnType<typeof crypto.subtle.deriveKey>>;

const POINT_BYTES = 33;
// Each message has its own key, so that the nonce of AES-GCM never repeats under one key.
const IV = new Uint8Array(12);

/** Seals bytes to a channel key: one-time ECDH key, HKDF-SHA-256, AES-256-GCM. The header is bound as associated data. */
export async function sealSecret(secret: Uint8Array, channelKey: string, header: Uint8Array): Promise<string> {
  const oneTime = secp256k1.keygen();
  const receiver = getBytes(channelKey);
  const shared = secp256k1.getSharedSecret(oneTime.secretKey, receiver);
  oneTime.secretKey.fill(0);
  const key = await messageKey(shared, oneTime.publicKey, receiver);
  const sealed = await crypto.subtle.encrypt(gcm(header), key, bytesOf(secret));
  return concat([oneTime.publicKey, new Uint8Array(sealed)]);
}

/** Opens what {@link sealSecret} sealed; `undefined` where it was not sealed to this key and header. */
export async function openSecret(
  sealed: string,
  secretKey: Uint8Array,
  header: Uint8Array,
): Promise<Uint8Array | undefined> {
  try {
    const bytes = getBytes(sealed);
    const oneTimeKey = bytes.slice(0, POINT_BYTES);
    const shared = secp256k1.getSharedSecret(secretKey, oneTimeKey);
    const key = await messageKey(shared, oneTimeKey, secp256k1.getPublicKey(secretKey));
    return new Uint8Array(await crypto.subtle.decrypt(gcm(header), key, bytesOf(bytes.subarray(POINT_BYTES))));
  } catch {
    return undefined;
  }
}

async function messageKey(shared: Uint8Array, oneTimeKey: Uint8Array, receiver: Uint8Array): Promise<MessageKey> {
  const input = await crypto.subtle.importKey("raw", bytesOf(shared), "HKDF", false, ["deriveKey"]);
  shared.fill(0);
  const info = getBytes(concat([new TextEncoder().encode("guildhall-frost/1 seal"), oneTimeKey, receiver]));
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: bytesOf(info) },
    input,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

function gcm(header: Uint8Array): {
  name: string;
  iv: Uint8Array<ArrayBuffer>;
  additionalData: Uint8Array<ArrayBuffer>;
} {
  return { name: "AES-GCM", iv: IV, additionalData: bytesOf(header) };
}
