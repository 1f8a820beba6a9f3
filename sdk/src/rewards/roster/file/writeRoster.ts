import type { RosterFigures } from "../Roster.js";
import type { OnRosterProgress } from "../RosterProgress.js";
import type { RosterSink } from "../RosterStore.js";
import type { RosterTree } from "../tree/buildTree.js";
import type { UserList } from "../users/UserList.js";
import { encodeHeader } from "./encodeHeader.js";
import { ENTRY_LENGTH } from "./layout.js";

const USERS_AT_ONCE = 8_192;
const BYTES_AT_ONCE = 1 << 20;

/** Writes header, entries and nodes. */
export async function writeRoster(
  sink: RosterSink,
  figures: RosterFigures,
  { count, ids, answers }: UserList,
  { nodes, places }: RosterTree,
  onProgress?: OnRosterProgress,
): Promise<void> {
  await sink.write(encodeHeader(figures));
  for (let start = 0; start < count; start += USERS_AT_ONCE) {
    const end = Math.min(count, start + USERS_AT_ONCE);
    const block = new Uint8Array((end - start) * ENTRY_LENGTH);
    const view = new DataView(block.buffer);
    for (let i = start; i < end; ++i) {
      const at = (i - start) * ENTRY_LENGTH;
      block.set(ids.subarray(i * 32, i * 32 + 32), at);
      block[at + 32] = answers[i] ?? 0;
      view.setUint32(at + 33, places[i] ?? 0);
    }
    await sink.write(block);
    onProgress?.({ stage: "writing", done: end, total: count });
  }
  for (let at = 0; at < nodes.length; at += BYTES_AT_ONCE) await sink.write(nodes.subarray(at, at + BYTES_AT_ONCE));
}
