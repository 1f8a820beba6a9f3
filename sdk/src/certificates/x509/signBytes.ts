import { tags } from "./der/DerNode.js";
import { writeDer } from "./der/writeDer.js";
import { writeInteger } from "./der/writeInteger.js";
import type { KeyPair } from "./KeyPair.js";
import { keyKinds } from "./keyKinds.js";
import { lowS } from "./lowS.js";

/** Signs bytes; the signature is as certificates carry it, and by P-256 with low s. */
export async function signBytes({ algorithm, privateKey }: KeyPair, bytes: Uint8Array): Promise<Uint8Array> {
  const { sign } = keyKinds[algorithm];
  const signature = new Uint8Array(await crypto.subtle.sign(sign, privateKey, Uint8Array.from(bytes)));
  if (sign.name !== "ECDSA") return signature;
  const half = signature.length / 2;
  const s = toNumber(signature.subarray(half));
  return writeDer(
    tags.sequence,
    writeInteger(toNumber(signature.subarray(0, half))),
    writeInteger(algorithm === "P-256" ? lowS(s) : s),
  );
}

function toNumber(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
