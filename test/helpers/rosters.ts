import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { id } from "ethers";

import {
  buildRootRoster,
  memorySink,
  type RosterEntry,
  RosterError,
  type RosterErrorCode,
  type RosterFigures,
  type RosterRow,
  type RosterRows,
} from "../../sdk/src/index.js";

export const place = { poolId: id("a pool"), cycle: 7 } as const;

export type Leaf = [poolId: string, cycle: number, userId: string, eligible: boolean];
export const LEAF_ENCODING = ["bytes32", "uint32", "bytes32", "bool"];

/** `count` users; every third is not eligible. */
export function makeUsers(count: number): RosterEntry[] {
  return Array.from({ length: count }, (_, i) => ({ userId: id(`user ${i}`), eligible: i % 3 !== 2 }));
}

/** Rows of users, two at a time, as a reader would give them. */
export async function* rowsOf(users: readonly RosterEntry[]): RosterRows {
  await Promise.resolve();
  for (let i = 0; i < users.length; i += 2) {
    yield users.slice(i, i + 2).map((user, k): RosterRow => ({ line: i + k + 1, ...user }));
  }
}

/** Text in chunks of `length` bytes. */
export async function* chunksOf(text: string | Uint8Array, length = 7): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  for (let i = 0; i < bytes.length; i += length) yield bytes.subarray(i, i + length);
}

/** A roster's file in memory, and its figures. */
export async function buildRoster(
  users: readonly RosterEntry[],
  noneEligible = false,
): Promise<{ readonly bytes: Uint8Array; readonly figures: RosterFigures }> {
  const sink = memorySink();
  const figures = await buildRootRoster({ ...place, rows: rowsOf(users), sink, noneEligible });
  return { bytes: sink.bytes(), figures };
}

/** The same users in OpenZeppelin's tree. */
export function libraryTree(users: readonly RosterEntry[]): StandardMerkleTree<Leaf> {
  const values = users.map(({ userId, eligible }): Leaf => [place.poolId, place.cycle, userId, eligible]);
  return StandardMerkleTree.of(values, LEAF_ENCODING);
}

/** The error of a roster that a promise ends with. */
export async function refusalOf(promise: Promise<unknown>, code: RosterErrorCode): Promise<RosterError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(RosterError);
  expect((error as RosterError).code).to.equal(code);
  return error as RosterError;
}
