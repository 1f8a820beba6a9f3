import { hexlify } from "ethers";

import type { RosterEntry } from "../Roster.js";
import type { RosterSource } from "../RosterStore.js";
import { ENTRY_LENGTH } from "./layout.js";
import { readEntryBlocks } from "./readEntryBlocks.js";

/** Reads all users, ascending by id. */
export async function* readEntries(source: RosterSource, count: number): AsyncGenerator<RosterEntry> {
  for await (const block of readEntryBlocks(source, count)) {
    for (let at = 0; at < block.length; at += ENTRY_LENGTH) {
      yield { userId: hexlify(block.subarray(at, at + 32)), eligible: block[at + 32] === 1 };
    }
  }
}
