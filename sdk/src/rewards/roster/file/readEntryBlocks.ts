import type { RosterSource } from "../RosterStore.js";
import { ENTRY_LENGTH, HEADER_LENGTH } from "./layout.js";

const USERS_AT_ONCE = 8_192;

/** Reads the entries' bytes from the first to the last, some at a time. */
export async function* readEntryBlocks(source: RosterSource, count: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < count; start += USERS_AT_ONCE) {
    const users = Math.min(USERS_AT_ONCE, count - start);
    yield await source.read(HEADER_LENGTH + start * ENTRY_LENGTH, users * ENTRY_LENGTH);
  }
}
