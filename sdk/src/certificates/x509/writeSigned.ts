import { tags } from "./der/DerNode.js";
import { writeDer } from "./der/writeDer.js";
import type { KeyPair } from "./KeyPair.js";
import { keyKinds } from "./keyKinds.js";
import { signBytes } from "./signBytes.js";

/** What certificates and requests are: a part, the algorithm, and the part's signature. */
export async function writeSigned(part: Uint8Array, key: KeyPair): Promise<Uint8Array> {
  const signature = await signBytes(key, part);
  const bits = writeDer(tags.bitString, Uint8Array.of(0), signature);
  return writeDer(tags.sequence, part, keyKinds[key.algorithm].identifier, bits);
}
