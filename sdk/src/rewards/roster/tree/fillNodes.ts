import type { OnRosterProgress } from "../RosterProgress.js";
import { takeTurn } from "../takeTurn.js";
import { hashPair } from "./hashPair.js";

const STEP = 0x3fff;

/** Hashes the inner nodes of a complete binary tree whose leaves are there: node i is over nodes 2i + 1 and 2i + 2. */
export async function fillNodes(nodes: Uint8Array, leaves: number, onProgress?: OnRosterProgress): Promise<void> {
  for (let i = leaves - 2; i >= 0; --i) {
    nodes.set(hashPair(nodes, 64 * i + 32, nodes, 64 * i + 64), 32 * i);
    if ((i & STEP) !== 0) continue;
    onProgress?.({ stage: "hashing nodes", done: leaves - 1 - i, total: leaves - 1 });
    await takeTurn();
  }
}
