import { keccak_256 } from "@noble/hashes/sha3.js";
import { hexlify } from "ethers";

import type { Hex } from "../../core/documents/Hex.js";
import { comparePublished } from "./comparePublished.js";
import { encodeHeader } from "./file/encodeHeader.js";
import { ENTRY_LENGTH, HEADER_LENGTH, layoutOf, NODE_LENGTH } from "./file/layout.js";
import { readEntryBlocks } from "./file/readEntryBlocks.js";
import { requirePlace } from "./requirePlace.js";
import type { BoundUser, RosterFigures } from "./Roster.js";
import type { OnRosterProgress } from "./RosterProgress.js";
import type { RosterSource } from "./RosterStore.js";
import { EMPTY_ROOT } from "./tree/emptyRoot.js";
import { fillNodes } from "./tree/fillNodes.js";
import { leafHasher } from "./tree/leafHasher.js";
import { compareRecords } from "./users/compareRecords.js";
import { findUser } from "./users/findUser.js";
import { writeHex } from "./users/writeHex.js";
import { Mismatches, type RosterMismatch } from "./Mismatches.js";

/** What an audit takes. */
export type AuditRosterParameters = {
  /** The file, from whomever. */
  readonly source: RosterSource;
  /** What stands on the chain, from whom you trust: not from the file. */
  readonly published: RosterFigures;
  /** The pool's users, out of the events `Bound`: each must be in the roster. Not looked at unless given. */
  readonly bound?: AsyncIterable<BoundUser>;
  readonly onProgress?: OnRosterProgress;
};

/** What an audit found. */
export type RosterAudit = {
  readonly sound: boolean;
  /** What the file's users come to. */
  readonly found: RosterFigures | undefined;
  /** The first 100 of them, of each kind. */
  readonly mismatches: readonly RosterMismatch[];
  readonly total: number;
};

const BYTES_AT_ONCE = 1 << 20;

/**
 * Recomputes all of a roster's file from its users alone, and compares it with itself and with what was published: the order
 * and the answers of the users, each leaf and each node, the header, root, figures and content hash. Nothing of the header is
 * believed. It holds 64 bytes a user in memory, 96 where bound users are given, and reads the file from front to end.
 *
 * @example
 * import { auditRoster, buildRootRoster, memorySink, memorySource, readNdjsonRows } from "@guildhall/sdk";
 * const lines = `{"userId":"0x${"07".repeat(32)}","eligible":true}\n`;
 * const sink = memorySink();
 * const rows = readNdjsonRows(new Blob([lines]).stream());
 * const published = await buildRootRoster({ poolId: `0x${"01".repeat(32)}`, cycle: 0, rows, sink });
 * const bytes = sink.bytes();
 * assert.equal((await auditRoster({ source: memorySource(bytes), published })).sound, true);
 * const lie = { ...published, eligible: 0 };
 * const { mismatches } = await auditRoster({ source: memorySource(bytes), published: lie });
 * assert.deepEqual(mismatches, [{ kind: "PUBLISHED", where: "eligible", expected: 0, actual: 1 }]);
 */
export async function auditRoster({
  source,
  published,
  bound,
  onProgress,
}: AuditRosterParameters): Promise<RosterAudit> {
  requirePlace(published);
  const mismatches = new Mismatches();
  const count = countBySize(source.size);
  if (count === undefined) {
    const expected = layoutOf(published.count).end;
    mismatches.add({ kind: "LENGTH", where: "file", expected, actual: source.size });
    return { sound: false, found: undefined, mismatches: mismatches.listed, total: mismatches.total };
  }

  const nodes = new Uint8Array(Math.max(0, 2 * count - 1) * NODE_LENGTH);
  const ids = new Uint8Array(bound === undefined ? 0 : count * 32);
  const work = { source, count, nodes, mismatches, onProgress };
  const { eligible, contentHash } = await readUsers({ ...work, published, ids });
  if (bound !== undefined) await requireBound(ids, count, bound, mismatches);
  requireLeafOrder(nodes, count, mismatches);
  await fillNodes(nodes, count, onProgress);
  await compareNodes(work);

  const { poolId, cycle } = published;
  const root = count === 0 ? EMPTY_ROOT : hexlify(nodes.subarray(0, NODE_LENGTH));
  const found: RosterFigures = { poolId: poolId.toLowerCase(), cycle, root, count, eligible, contentHash };
  await compareHeader(source, found, mismatches);
  comparePublished(published, found, mismatches);
  return { sound: mismatches.total === 0, found, mismatches: mismatches.listed, total: mismatches.total };
}

/** How many users a file of this size has; none where no roster has that size. */
function countBySize(size: number): number | undefined {
  if (size === HEADER_LENGTH) return 0;
  const count = (size - HEADER_LENGTH + NODE_LENGTH) / (ENTRY_LENGTH + 2 * NODE_LENGTH);
  return Number.isInteger(count) && count > 0 && layoutOf(count).end === size ? count : undefined;
}

type Work = {
  readonly source: RosterSource;
  readonly count: number;
  /** All nodes, as they should be. */
  readonly nodes: Uint8Array;
  readonly mismatches: Mismatches;
  readonly onProgress: OnRosterProgress | undefined;
};

/** Puts the leaf of each user where the entry says that it is. */
async function readUsers(
  work: Work & { readonly published: RosterFigures; readonly ids: Uint8Array },
): Promise<{ readonly eligible: number; readonly contentHash: Hex }> {
  const { source, published, count, nodes, ids, mismatches, onProgress } = work;
  const hashLeaf = leafHasher(published);
  const content = keccak_256.create();
  const taken = new Uint8Array(count);
  let last = new Uint8Array(32);
  let user = 0;
  let eligible = 0;
  for await (const block of readEntryBlocks(source, count)) {
    const view = new DataView(block.buffer, block.byteOffset, block.length);
    for (let at = 0; at < block.length; at += ENTRY_LENGTH, user += 1) {
      const answer = block[at + 32] ?? 0;
      const node = view.getUint32(at + 33);
      content.update(block.subarray(at, at + 33));
      if (compareRecords(last, 0, block, at) >= 0) {
        const id = hexlify(block.subarray(at, at + 32));
        mismatches.add({ kind: "ORDER", where: `user ${user}`, expected: `above ${hexlify(last)}`, actual: id });
      }
      last = block.slice(at, at + 32);
      if (ids.length > 0) ids.set(last, user * 32);
      if (answer > 1) mismatches.add({ kind: "ANSWER", where: `user ${user}`, expected: "0 or 1", actual: answer });
      if (answer === 1) eligible += 1;
      const place = node - (count - 1);
      if (place < 0 || place >= count || taken[place] === 1) {
        mismatches.add({ kind: "PLACE", where: `user ${user}`, expected: "a leaf of his own", actual: node });
        continue;
      }
      taken[place] = 1;
      nodes.set(hashLeaf(block, at, answer === 1), node * NODE_LENGTH);
    }
    onProgress?.({ stage: "hashing leaves", done: user, total: count });
  }
  return { eligible, contentHash: hexlify(content.digest()) };
}

/** Every bound user is in the roster. Users out of order, which is a mismatch of its own, may be taken for missing. */
async function requireBound(
  ids: Uint8Array,
  count: number,
  bound: AsyncIterable<BoundUser>,
  mismatches: Mismatches,
): Promise<void> {
  const userId = new Uint8Array(32);
  for await (const user of bound) {
    const isThere = writeHex(user.userId, userId, 0) && findUser({ count, ids }, userId) !== -1;
    if (!isThere) {
      mismatches.add({ kind: "COVERAGE", where: user.userId, expected: "in the roster", actual: "missing" });
    }
  }
}

/** Leaves descend: the smallest one is last. */
function requireLeafOrder(nodes: Uint8Array, count: number, mismatches: Mismatches): void {
  for (let node = count; node <= 2 * count - 2; ++node) {
    if (compareRecords(nodes, (node - 1) * NODE_LENGTH, nodes, node * NODE_LENGTH) > 0) continue;
    const leaf = hexlify(nodes.subarray(node * NODE_LENGTH, (node + 1) * NODE_LENGTH));
    mismatches.add({ kind: "LEAF_ORDER", where: `node ${node}`, expected: "below the leaf before", actual: leaf });
  }
}

async function compareNodes({ source, count, nodes, mismatches, onProgress }: Work): Promise<void> {
  const start = layoutOf(count).nodes;
  for (let at = 0; at < nodes.length; at += BYTES_AT_ONCE) {
    const block = await source.read(start + at, Math.min(BYTES_AT_ONCE, nodes.length - at));
    for (let offset = 0; offset < block.length; offset += NODE_LENGTH) {
      if (compareRecords(block, offset, nodes, at + offset) === 0) continue;
      mismatches.add({
        kind: "NODE",
        where: `node ${(at + offset) / NODE_LENGTH}`,
        expected: hexlify(nodes.subarray(at + offset, at + offset + NODE_LENGTH)),
        actual: hexlify(block.subarray(offset, offset + NODE_LENGTH)),
      });
    }
    onProgress?.({ stage: "comparing", done: (at + block.length) / NODE_LENGTH, total: nodes.length / NODE_LENGTH });
  }
}

const FIELDS = [
  ["magic", 0, 8],
  ["version", 8, 12],
  ["header length", 12, 16],
  ["poolId", 16, 48],
  ["cycle", 48, 52],
  ["count", 52, 56],
  ["eligible", 56, 60],
  ["entry length", 60, 64],
  ["root", 64, 96],
  ["contentHash", 96, 128],
  ["entries' offset", 128, 136],
  ["nodes' offset", 136, 144],
  ["length", 144, 152],
  ["rest", 152, HEADER_LENGTH],
] as const;

/** The header is compared with the one that the users ask for. */
async function compareHeader(source: RosterSource, found: RosterFigures, mismatches: Mismatches): Promise<void> {
  const wanted = encodeHeader(found);
  const header = await source.read(0, HEADER_LENGTH);
  for (const [where, from, to] of FIELDS) {
    const [expected, actual] = [hexlify(wanted.subarray(from, to)), hexlify(header.subarray(from, to))];
    if (expected !== actual) mismatches.add({ kind: "HEADER", where, expected, actual });
  }
}
