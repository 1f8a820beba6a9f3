import { getBytes, hexlify, isHexString } from "ethers";

import type { Hex } from "../../core/documents/Hex.js";
import { decodeHeader } from "./file/decodeHeader.js";
import { ENTRY_LENGTH, layoutOf, NODE_LENGTH } from "./file/layout.js";
import { pagedSource } from "./file/pagedSource.js";
import { readEntries } from "./file/readEntries.js";
import type { RosterHeader } from "./file/RosterHeader.js";
import type { RosterEntry } from "./Roster.js";
import { RosterError } from "./RosterError.js";
import type { RosterSource } from "./RosterStore.js";
import { leafHasher } from "./tree/leafHasher.js";
import { multiProofPlan } from "./tree/multiProofPlan.js";
import { rootFromMultiProof } from "./tree/rootFromMultiProof.js";
import { rootFromProof } from "./tree/rootFromProof.js";
import { compareRecords } from "./users/compareRecords.js";

/** A user's answer and its proof, as `settleWithProof` takes them. */
export type RosterProof = RosterEntry & { readonly leaf: Hex; readonly proof: readonly Hex[] };

/** Answers of some users under one proof, as `settleBatchWithProof` takes them. */
export type RosterMultiProof = {
  /** In the order in which the proof covers them. */
  readonly users: readonly RosterEntry[];
  readonly proof: readonly Hex[];
  readonly proofFlags: readonly boolean[];
};

/** A roster's file, open. */
export type OpenRoster = {
  readonly header: RosterHeader;
  /** Whether the user is in it, eligible or not. */
  readonly has: (userId: Hex) => Promise<boolean>;
  /** Errors: ROSTER_USER_UNKNOWN; ROSTER_FILE_DAMAGED where the proof does not lead to the root. */
  readonly proofOf: (userId: Hex) => Promise<RosterProof>;
  /** Errors: as for `proofOf`; ROSTER_USER_REPEATED; ROSTER_OUT_OF_RANGE for no user at all. */
  readonly multiProofOf: (userIds: readonly Hex[]) => Promise<RosterMultiProof>;
  /** All users, ascending by id. */
  readonly entries: () => AsyncIterable<RosterEntry>;
};

type Found = { readonly userId: Hex; readonly eligible: boolean; readonly node: number; readonly leaf: Uint8Array };

/**
 * Opens a roster's file. It is never read as a whole: a proof takes some twenty reads, and a few megabytes of pages are kept.
 * Each proof is checked against the header's root before it is given out; whether that root was published, and whether the
 * file is sound as a whole, is for `auditRoster` to say.
 *
 * Errors: {@link RosterError} ROSTER_FILE_MALFORMED.
 *
 * @example
 * import { buildRootRoster, memorySink, memorySource, openRoster, readNdjsonRows } from "@guildhall/sdk";
 * const [alice, bob] = [`0x${"07".repeat(32)}`, `0x${"08".repeat(32)}`];
 * const lines = `{"userId":"${alice}","eligible":true}\n{"userId":"${bob}","eligible":false}\n`;
 * const sink = memorySink();
 * const rows = readNdjsonRows(new Blob([lines]).stream());
 * await buildRootRoster({ poolId: `0x${"01".repeat(32)}`, cycle: 0, rows, sink });
 * const roster = await openRoster(memorySource(sink.bytes()));
 * const { eligible, proof } = await roster.proofOf(bob);
 * assert.equal(eligible, false);
 * assert.equal(proof.length, 1);
 */
export async function openRoster(source: RosterSource): Promise<OpenRoster> {
  const header = await decodeHeader(source);
  const { count } = header;
  const layout = layoutOf(count);
  const soundLayout = Object.entries(layout).every(([name, at]) => header.layout[name as keyof typeof layout] === at);
  if (!soundLayout || source.size !== layout.end) {
    throw new RosterError({
      code: "ROSTER_FILE_MALFORMED",
      args: { expected: layout.end, actual: source.size },
      what: `A roster of ${count} users has ${layout.end} bytes, and this file has ${source.size}, or other sections.`,
      advice: "Fetch the file again; it was cut off or changed.",
    });
  }
  const pages = pagedSource(source);
  const hashLeaf = leafHasher(header);
  const root = getBytes(header.root);
  const readNode = (node: number): Promise<Uint8Array> => pages.read(layout.nodes + node * NODE_LENGTH, NODE_LENGTH);

  const find = async (userId: Hex): Promise<Found | undefined> => {
    if (!isHexString(userId, 32)) return undefined;
    const wanted = getBytes(userId);
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = await pages.read(layout.entries + middle * ENTRY_LENGTH, ENTRY_LENGTH);
      const order = compareRecords(entry, 0, wanted, 0);
      if (order < 0) low = middle + 1;
      else if (order > 0) high = middle;
      else {
        const eligible = entry[32] === 1;
        const node = new DataView(entry.buffer).getUint32(33);
        if (node < count - 1 || node > 2 * count - 2) throw damaged(userId);
        return { userId: hexlify(wanted), eligible, node, leaf: hashLeaf(wanted, 0, eligible) };
      }
    }
    return undefined;
  };
  const require = async (userId: Hex): Promise<Found> => {
    const found = await find(userId);
    if (found !== undefined) return found;
    throw new RosterError({
      code: "ROSTER_USER_UNKNOWN",
      args: { userId, poolId: header.poolId, cycle: header.cycle },
      what: `The roster of cycle ${header.cycle} does not have the user ${userId}.`,
      advice: "Without evidence nothing happens to him; ask the operator why he is missing.",
    });
  };
  const requireRoot = (userId: Hex, actual: Uint8Array | undefined): void => {
    if (actual === undefined || compareRecords(actual, 0, root, 0) !== 0) throw damaged(userId);
  };

  return {
    header,
    has: async (userId) => (await find(userId)) !== undefined,
    proofOf: async (userId) => {
      const found = await require(userId);
      const siblings: number[] = [];
      for (let node = found.node; node > 0; node = (node - 1) >>> 1) {
        siblings.push(node % 2 === 0 ? node - 1 : node + 1);
      }
      const proof = await Promise.all(siblings.map(readNode));
      requireRoot(userId, rootFromProof(found.leaf, proof));
      const { eligible, leaf } = found;
      return { userId: found.userId, eligible, leaf: hexlify(leaf), proof: proof.map((node) => hexlify(node)) };
    },
    multiProofOf: async (userIds) => {
      const byNode = new Map<number, Found>();
      for (const userId of userIds) {
        const found = await require(userId);
        if (byNode.has(found.node)) throw repeated(userId);
        byNode.set(found.node, found);
      }
      if (byNode.size === 0) throw nobody();
      const plan = multiProofPlan([...byNode.keys()]);
      const users = plan.leaves.map((node) => byNode.get(node)).filter((user) => user !== undefined);
      const proof = await Promise.all(plan.proof.map(readNode));
      const leaves = users.map(({ leaf }) => leaf);
      requireRoot(users[0]?.userId ?? "", rootFromMultiProof(leaves, proof, plan.proofFlags));
      return {
        users: users.map(({ userId, eligible }) => ({ userId, eligible })),
        proof: proof.map((node) => hexlify(node)),
        proofFlags: plan.proofFlags,
      };
    },
    entries: () => readEntries(source, count),
  };
}

function damaged(userId: Hex): RosterError {
  return new RosterError({
    code: "ROSTER_FILE_DAMAGED",
    args: { userId },
    what: `What the file has of the user ${userId} does not lead to its root.`,
    advice: "Audit the file against the published root, and fetch it again.",
  });
}

function repeated(userId: Hex): RosterError {
  return new RosterError({
    code: "ROSTER_USER_REPEATED",
    args: { userId },
    what: `The user ${userId} is asked for twice, or shares a leaf with another.`,
    advice: "Name each user of a batch once; audit the file if you did.",
  });
}

function nobody(): RosterError {
  return new RosterError({
    code: "ROSTER_OUT_OF_RANGE",
    args: { name: "userIds", min: 1, actual: 0 },
    what: "A proof of no user was asked for.",
    advice: "Name at least one user.",
  });
}
