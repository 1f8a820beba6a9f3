import { expect } from "chai";

import {
  createPool,
  endOf,
  goTo,
  grantByRoot,
  loadWorld,
  owedTo,
  refused,
  report,
  SHARE,
  TOTAL,
} from "../helpers/rewards.js";

const MAX_SHARE = 10n ** 18n / TOTAL;

describe("RewardPool", () => {
  describe("raiseShare", () => {
    async function fixture() {
      const world = await loadWorld();
      const state = await createPool(world);
      const raise = async (share: bigint, by = world.operator) =>
        world.pool.connect(by).raiseShare(state.poolId, share);
      return { world, state, raise };
    }

    it("reverts for anybody but the operator", async () => {
      const { world, raise } = await fixture();
      const args = [world.operator.address, world.stranger.address];
      await refused(world, raise(2n * SHARE, world.stranger), "RewardPoolNotOperator", args, async () =>
        raise(2n * SHARE),
      );
    });

    it("reverts for the same share", async () => {
      const { world, raise } = await fixture();
      await refused(world, raise(SHARE), "RewardPoolShareNotRaised", [SHARE, SHARE], async () => raise(SHARE + 1n));
    });

    it("reverts for a lower share", async () => {
      const { world, raise } = await fixture();
      const args = [SHARE, SHARE - 1n];
      await refused(world, raise(SHARE - 1n), "RewardPoolShareNotRaised", args, async () => raise(SHARE + 1n));
    });

    it("reverts for a share of nothing", async () => {
      const { world, raise } = await fixture();
      await refused(world, raise(0n), "RewardPoolShareNotRaised", [SHARE, 0n], async () => raise(SHARE + 1n));
    });

    it("reverts where all units would be more than the whole profit", async () => {
      const { world, raise } = await fixture();
      const args = [MAX_SHARE, MAX_SHARE + 1n];
      await refused(world, raise(MAX_SHARE + 1n), "RewardPoolShareTooLarge", args, async () => raise(MAX_SHARE));
    });

    it("counts for the reports to come, and for none before", async () => {
      const { world, state, raise } = await fixture();
      const user = state.users[0]!;
      await grantByRoot(world, state, 0, [user]);
      await report(world, state, 0, 10n ** 6n);
      expect(await owedTo(world, state, user)).to.equal(100n);
      await raise(3n * SHARE);
      expect(await owedTo(world, state, user)).to.equal(100n);
      await goTo(endOf(state, 1));
      await report(world, state, 1, 10n ** 6n);
      expect(await owedTo(world, state, user)).to.equal(100n + 300n);
    });

    it("tells of the share before and after", async () => {
      const { world, state, raise } = await fixture();
      await expect(raise(2n * SHARE))
        .to.emit(world.pool, "ShareRaised")
        .withArgs(state.poolId, SHARE, 2n * SHARE);
      expect((await world.pool.poolOf(state.poolId)).share).to.equal(2n * SHARE);
    });
  });
});
