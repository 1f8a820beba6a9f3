import type { RosterSource } from "./RosterStore.js";

/**
 * A source over bytes in memory.
 *
 * @example
 * import { memorySource } from "@guildhall/sdk";
 * const source = memorySource(Uint8Array.of(1, 2, 3));
 * assert.deepEqual(await source.read(1, 2), Uint8Array.of(2, 3));
 */
export function memorySource(bytes: Uint8Array): RosterSource {
  return { size: bytes.length, read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)) };
}
