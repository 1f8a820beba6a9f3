import { expect } from "chai";

import {
  at,
  type BoundUser,
  BY_OPERATOR,
  createPool,
  endOf,
  finalFrom,
  goTo,
  GRANT,
  type Line,
  loadWorld,
  PUBLISH,
  publishRoot,
  rootRoster,
  settleByProof,
  Source,
  treeOf,
  unitsOf,
} from "../helpers/rewards.js";

/**
 * Throwing out a contradictory root left nothing in its place, and after the publish window only what stands can be corrected:
 * whoever slipped one user's second answer into a roster could so take the cycle from all others. A root that was thrown out
 * leaves a mark now, which counts as nothing and can be corrected until the cycle is final.
 */
describe("finding: a root that was thrown out", () => {
  it("can be corrected after the publish window, and settles the others", async () => {
    const world = await loadWorld();
    const state = await createPool(world);
    const { poolId } = state;
    const [double, other] = state.users as [BoundUser, BoundUser];
    const tree = await publishRoot(world, state, 0, [
      [double.userId, true],
      [double.userId, false],
      [other.userId, true],
    ]);
    await goTo(endOf(state, 0) + PUBLISH);
    const proofs = [tree.getProof(0), tree.getProof(1)] as const;
    await world.pool.connect(world.stranger).voidRoot(poolId, 0n, Source.OPERATOR, double.userId, ...proofs);

    const lines: Line[] = [[other.userId, true]];
    const corrected = treeOf(poolId, 0, lines);
    await at(finalFrom(state, 0) - 1n);
    await world.pool.connect(world.operator).publish(poolId, 0n, rootRoster(corrected, lines), [], BY_OPERATOR);
    await at(finalFrom(state, 0));
    await settleByProof(world, state, 0, corrected, other, true);
    expect(await unitsOf(world, state, other)).to.equal(GRANT);
  });
});
