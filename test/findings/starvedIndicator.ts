import { expect } from "chai";

import {
  actionUntil,
  type BoundUser,
  createPool,
  CYCLE,
  endOf,
  ethers,
  goTo,
  GRANT,
  loadWorld,
  Mode,
  settleOpen,
  unitsOf,
} from "../helpers/rewards.js";

const THRESHOLD = 40n;
const HEAVY = 7n;

/**
 * A call to a pool's indicator that failed was taken for "not known": once the action window was over, anyone who gave the
 * settling so little gas that the indicator ran out made a proved total count as no evidence, and a grant was lost for good.
 * An indicator that did not answer settles nothing now, however late it is.
 */
describe("finding: an indicator that is starved", () => {
  it("no longer makes a proved total count as no evidence", async () => {
    const world = await loadWorld();
    const indicator = await ethers.deployContract("UsageIndicator");
    const named = { indicator: await indicator.getAddress(), threshold: THRESHOLD };
    const state = await createPool(world, { mode: Mode.INDICATOR, ...named });
    const [user] = state.users as [BoundUser];
    await indicator.setTotal(user.userId, endOf(state, 0) - CYCLE, endOf(state, 0), THRESHOLD);
    await indicator.setBehaviour(HEAVY);
    await goTo(actionUntil(state, 0));
    for (const gasLimit of [200_000n, 500_000n, 1_000_000n]) {
      const starved = world.pool
        .connect(world.stranger)
        .settle(state.poolId, user.userId, user.account, 1n, { gasLimit });
      await expect(starved).to.be.revertedWithCustomError(world.pool, "RewardPoolNothingToSettle");
    }
    await settleOpen(world, state, user, 1n);
    expect(await unitsOf(world, state, user)).to.equal(GRANT);
  });
});
