import type { RosterSink } from "./RosterStore.js";

/**
 * A sink into memory: for small rosters.
 *
 * @example
 * import { memorySink } from "@guildhall/sdk";
 * const sink = memorySink();
 * await sink.write(Uint8Array.of(1));
 * await sink.write(Uint8Array.of(2, 3));
 * assert.deepEqual(sink.bytes(), Uint8Array.of(1, 2, 3));
 */
export function memorySink(): RosterSink & { readonly bytes: () => Uint8Array } {
  const parts: Uint8Array[] = [];
  return {
    write: (part) => {
      parts.push(part.slice());
      return Promise.resolve();
    },
    bytes: () => {
      const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
      let at = 0;
      for (const part of parts) {
        all.set(part, at);
        at += part.length;
      }
      return all;
    },
  };
}
