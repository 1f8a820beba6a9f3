import { hexlify } from "ethers";

import { writeRoster } from "./file/writeRoster.js";
import type { RosterRows } from "./lines/RosterRow.js";
import { requireEligible } from "./requireEligible.js";
import { requirePlace } from "./requirePlace.js";
import type { RosterFigures, RosterPlace } from "./Roster.js";
import { rosterContentHash } from "./rosterContentHash.js";
import type { OnRosterProgress } from "./RosterProgress.js";
import type { RosterSink } from "./RosterStore.js";
import { buildTree } from "./tree/buildTree.js";
import { EMPTY_ROOT } from "./tree/emptyRoot.js";
import { collectUsers } from "./users/collectUsers.js";

/** What a roster is built of. */
export type BuildRootRosterParameters = RosterPlace & {
  /** Every bound user, eligible or not, in any order. */
  readonly rows: RosterRows;
  /** Where its file goes. */
  readonly sink: RosterSink;
  /** Confirms a roster that says yes to nobody. */
  readonly noneEligible?: boolean;
  readonly onProgress?: OnRosterProgress;
};

/**
 * Builds the file of a roster with a root: its users, their answers and the whole Merkle tree, from which each proof can be
 * read. It holds about 150 bytes a user in memory, and writes nothing before all lines are read and found right.
 *
 * Errors: {@link RosterError} ROSTER_LINES_REFUSED, ROSTER_NONE_ELIGIBLE, ROSTER_OUT_OF_RANGE.
 *
 * @example
 * import { buildRootRoster, memorySink, readNdjsonRows } from "@guildhall/sdk";
 * const lines = `{"userId":"0x${"07".repeat(32)}","eligible":true}\n{"userId":"0x${"08".repeat(32)}","eligible":false}\n`;
 * const figures = await buildRootRoster({
 *   poolId: `0x${"01".repeat(32)}`,
 *   cycle: 0,
 *   rows: readNdjsonRows(new Blob([lines]).stream()),
 *   sink: memorySink(),
 * });
 * assert.equal(figures.count, 2);
 * assert.equal(figures.eligible, 1);
 */
export async function buildRootRoster({
  poolId,
  cycle,
  rows,
  sink,
  noneEligible = false,
  onProgress,
}: BuildRootRosterParameters): Promise<RosterFigures> {
  requirePlace({ poolId, cycle });
  const users = await collectUsers(rows, onProgress);
  requireEligible(users.count, users.eligible, noneEligible);
  const tree = await buildTree(users, { poolId, cycle }, onProgress);
  const figures = {
    poolId,
    cycle,
    root: users.count === 0 ? EMPTY_ROOT : hexlify(tree.nodes.subarray(0, 32)),
    count: users.count,
    eligible: users.eligible,
    contentHash: rosterContentHash(users),
  };
  await writeRoster(sink, figures, users, tree, onProgress);
  return figures;
}
