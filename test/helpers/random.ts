import { createHash } from "node:crypto";

/** A source of bytes that repeats itself for the same seed, so that a failing run can be run again. */
export function seededBytes(seed: string): (length?: number) => Uint8Array<ArrayBuffer> {
  let counter = 0;
  return (length = 32) => {
    const bytes = new Uint8Array(length);
    for (let offset = 0; offset < length; offset += 32) {
      const block = createHash("sha256").update(`${seed}/${counter++}`).digest();
      bytes.set(block.subarray(0, Math.min(32, length - offset)), offset);
    }
    return bytes;
  };
}
