import type { RosterPlace } from "../Roster.js";
import type { OnRosterProgress } from "../RosterProgress.js";
import { takeTurn } from "../takeTurn.js";
import { sortRecords } from "../users/sortRecords.js";
import type { UserList } from "../users/UserList.js";
import { fillNodes } from "./fillNodes.js";
import { leafHasher } from "./leafHasher.js";

/** A roster's tree in one array, the root first and the leaves last. */
export type RosterTree = {
  /** 32 bytes for each of 2n - 1 nodes. */
  readonly nodes: Uint8Array;
  /** The node of each user, in the users' order. */
  readonly places: Uint32Array;
};

const STEP = 0x3fff;

/** Builds the tree as `@openzeppelin/merkle-tree` does: leaves sorted by hash, the smallest one last. */
export async function buildTree(
  users: UserList,
  place: RosterPlace,
  onProgress?: OnRosterProgress,
): Promise<RosterTree> {
  const { count, ids, answers } = users;
  const hashLeaf = leafHasher(place);
  const leaves = new Uint8Array(count * 32);
  for (let i = 0; i < count; ++i) {
    leaves.set(hashLeaf(ids, i * 32, answers[i] === 1), i * 32);
    if ((i & STEP) !== 0) continue;
    onProgress?.({ stage: "hashing leaves", done: i, total: count });
    await takeTurn();
  }
  const nodes = new Uint8Array(Math.max(0, 2 * count - 1) * 32);
  const places = new Uint32Array(count);
  for (const [rank, user] of sortRecords(leaves, count).entries()) {
    const node = 2 * count - 2 - rank;
    places[user] = node;
    nodes.set(leaves.subarray(user * 32, user * 32 + 32), node * 32);
  }
  await fillNodes(nodes, count, onProgress);
  return { nodes, places };
}
