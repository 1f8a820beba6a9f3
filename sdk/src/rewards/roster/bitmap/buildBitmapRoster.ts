import { hexlify } from "ethers";

import type { RosterRows } from "../lines/RosterRow.js";
import { requireEligible } from "../requireEligible.js";
import { requirePlace, requireUint32 } from "../requirePlace.js";
import type { BoundUser, RosterPlace } from "../Roster.js";
import { RosterError } from "../RosterError.js";
import type { OnRosterProgress } from "../RosterProgress.js";
import { collectUsers } from "../users/collectUsers.js";
import { findUser } from "../users/findUser.js";
import { writeHex } from "../users/writeHex.js";
import type { BitmapRoster } from "./BitmapRoster.js";
import { toBitmapRoster } from "./toBitmapRoster.js";

/** What a bitmap is built of. */
export type BuildBitmapRosterParameters = RosterPlace & {
  /** Every user bound below `count`, eligible or not, in any order, and nobody else. */
  readonly rows: RosterRows;
  /** The pool's users, each with his index, in any order: out of the events `Bound`. */
  readonly bound: AsyncIterable<BoundUser>;
  /** Users that the bitmap covers: those with the indexes 0 to `count` - 1. */
  readonly count: number;
  /** Confirms a roster that says yes to nobody. */
  readonly noneEligible?: boolean;
  readonly onProgress?: OnRosterProgress;
};

/** Users that an error lists; the others are counted. */
const MAX_LISTED = 20;

/**
 * Builds a roster as one bit for each bound user, cut into chunks for the chunk store. The lines and the bound users must be
 * the same people.
 *
 * Errors: {@link RosterError} ROSTER_LINES_REFUSED, ROSTER_NONE_ELIGIBLE, ROSTER_NOT_OF_BOUND_USERS, ROSTER_OUT_OF_RANGE.
 *
 * @example
 * import { buildBitmapRoster, readNdjsonRows } from "@guildhall/sdk";
 * const userIds = [`0x${"07".repeat(32)}`, `0x${"08".repeat(32)}`];
 * const lines = userIds.map((userId, i) => `{"userId":"${userId}","eligible":${i === 1}}\n`);
 * async function* bound() {
 *   await Promise.resolve();
 *   for (const [index, userId] of userIds.entries()) yield { userId, index };
 * }
 * const rows = readNdjsonRows(new Blob(lines).stream());
 * const place = { poolId: `0x${"01".repeat(32)}`, cycle: 0 };
 * const { chunks, figures } = await buildBitmapRoster({ ...place, rows, bound: bound(), count: 2 });
 * assert.deepEqual(chunks, [Uint8Array.of(0b10)]);
 * assert.equal(figures.eligible, 1);
 */
export async function buildBitmapRoster({
  poolId,
  cycle,
  rows,
  bound,
  count,
  noneEligible = false,
  onProgress,
}: BuildBitmapRosterParameters): Promise<BitmapRoster> {
  requirePlace({ poolId, cycle });
  requireUint32("count", count);
  const users = await collectUsers(rows, onProgress);
  const bits = new Uint8Array(Math.ceil(count / 8));
  // Plus one, so that zero says that nobody came: who holds an index, and where a user was seen.
  const holders = new Uint32Array(count);
  const seen = new Uint8Array(users.count);
  const missing = new Faults();
  const repeated = new Faults();
  const userId = new Uint8Array(32);
  for await (const user of bound) {
    requireUint32("index", user.index);
    if (!writeHex(user.userId, userId, 0)) {
      repeated.add(String(user.userId));
      continue;
    }
    if (user.index >= count) continue;
    if (holders[user.index] !== 0) repeated.add(user.userId);
    holders[user.index] = 1;
    const at = findUser(users, userId);
    if (at === -1) missing.add(user.userId);
    else if (seen[at] === 1) repeated.add(user.userId);
    else {
      seen[at] = 1;
      if (users.answers[at] === 1) bits[user.index >>> 3] = (bits[user.index >>> 3] ?? 0) | (1 << (user.index & 7));
    }
  }
  const unknown = new Faults();
  for (let i = 0; i < users.count; ++i) {
    if (seen[i] === 0) unknown.add(hexlify(users.ids.subarray(i * 32, i * 32 + 32)));
  }
  const unbound = holders.reduce((sum, holder) => sum + (holder === 0 ? 1 : 0), 0);
  if (missing.total + repeated.total + unknown.total + unbound > 0) {
    throw new RosterError({
      code: "ROSTER_NOT_OF_BOUND_USERS",
      args: { count, unbound, missing: missing.list(), unknown: unknown.list(), repeated: repeated.list() },
      what:
        `Of the ${count} bound users ${missing.total} are missing from the lines (${missing.first}), ${unknown.total} users ` +
        `of the lines are not bound below ${count} (${unknown.first}), ${repeated.total} bindings are wrong or stand twice ` +
        `(${repeated.first}), and ${unbound} indexes have no user.`,
      advice: "List every bound user, eligible or not, and nobody else; read the events Bound up to the latest block.",
    });
  }
  requireEligible(users.count, users.eligible, noneEligible);
  return toBitmapRoster({ poolId, cycle }, count, bits);
}

/** Counts users, and keeps the first ones. */
class Faults {
  total = 0;
  readonly #first: string[] = [];

  get first(): string {
    return this.#first[0] ?? "none";
  }

  add(userId: string): void {
    this.total += 1;
    if (this.#first.length < MAX_LISTED) this.#first.push(userId);
  }

  list(): { readonly total: number; readonly first: readonly string[] } {
    return { total: this.total, first: this.#first };
  }
}
