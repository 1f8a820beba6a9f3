import { expect } from "chai";

import { OPEN_POOL_CALLS } from "../helpers/rewardCalls.js";
import {
  actionUntil,
  ALL_CYCLES,
  at,
  claim,
  close,
  createPool,
  Form,
  GRANT,
  goTo,
  grantByRoot,
  loadWorld,
  owedTo,
  publishBitmap,
  rebindingOf,
  refused,
  report,
} from "../helpers/rewards.js";

describe("RewardPool", () => {
  describe("closePool", () => {
    async function fixture(userCount = 4) {
      const world = await loadWorld();
      const state = await createPool(world, {}, userCount);
      const closePool = async (by = world.operator) => world.pool.connect(by).closePool(state.poolId);
      return { world, state, poolId: state.poolId, closePool };
    }

    /** A pool whose only cycle is over: all that is missing is to close it. */
    async function endedFixture() {
      const fixed = await fixture();
      const { world, state } = fixed;
      await world.pool.connect(world.operator).announceEnd(state.poolId);
      await grantByRoot(world, state, 0, state.users.slice(0, 2));
      await report(world, state, 0, 10n ** 6n);
      return fixed;
    }

    it("reverts for anybody but the operator", async () => {
      const { world, state, closePool } = await endedFixture();
      await goTo(actionUntil(state, 0));
      const args = [world.operator.address, world.stranger.address];
      await refused(world, closePool(world.stranger), "RewardPoolNotOperator", args, closePool);
    });

    it("reverts when no end was announced", async () => {
      const { world, poolId, closePool } = await fixture();
      await refused(world, closePool(), "RewardPoolEndNotAnnounced", [poolId]);
    });

    it("reverts up to the last second of the last action window", async () => {
      const { world, state, closePool } = await endedFixture();
      const over = actionUntil(state, 0);
      await at(over - 1n);
      await refused(world, closePool(), "RewardPoolTooEarly", [over, over - 1n], async () => {
        await at(over);
        return closePool();
      });
    });

    it("reverts when the profit of a cycle is not reported", async () => {
      const { world, state, poolId, closePool } = await fixture();
      await goTo(state.start + 1n + 7n * 86_400n);
      await world.pool.connect(world.operator).announceEnd(poolId);
      await goTo(actionUntil(state, 1));
      await report(world, state, 0, 0n);
      await refused(world, closePool(), "RewardPoolProfitOutstanding", [poolId, 2n, 1n], async () => {
        await report(world, state, 1, 0n);
        return closePool();
      });
    });

    it("tells of it", async () => {
      const { world, state, poolId, closePool } = await endedFixture();
      await goTo(actionUntil(state, 0));
      await expect(closePool()).to.emit(world.pool, "PoolClosed").withArgs(poolId, world.operator.address);
      expect((await world.pool.poolOf(poolId)).closed).to.equal(true);
    });

    describe("once it is closed", () => {
      async function closedFixture() {
        const fixed = await endedFixture();
        await close(fixed.world, fixed.state);
        return fixed;
      }

      for (const { name, call } of OPEN_POOL_CALLS) {
        it(`refuses ${name}`, async () => {
          const { world, poolId } = await closedFixture();
          await refused(world, call(world, poolId), "RewardPoolIsClosed", [poolId]);
        });
      }

      it("pays what it owes, to the last unit of the token", async () => {
        const { world, state } = await closedFixture();
        for (const user of state.users.slice(0, 2)) {
          await claim(world, state, user);
          expect(await world.token.balanceOf(user.account)).to.equal(100n);
        }
        expect(await world.token.balanceOf(world.poolAddress)).to.equal(0n);
      });

      it("lets a user move what it owes to another account", async () => {
        const { world, state } = await closedFixture();
        const user = state.users[0]!;
        const account = world.others[0]!.address;
        await (await rebindingOf(world, state, user, account)).send();
        expect(await owedTo(world, state, user)).to.equal(100n);
        await claim(world, state, user);
        expect(await world.token.balanceOf(account)).to.equal(100n);
      });

      it("leaves units where they are, and counts no evidence that nobody settled", async () => {
        const world = await loadWorld();
        const state = await createPool(world, { form: Form.BITMAP });
        await world.pool.connect(world.operator).announceEnd(state.poolId);
        await publishBitmap(world, state, 0, [true, true]);
        await goTo(actionUntil(state, 0));
        const [settled, left] = state.users;
        await world.pool.settle(state.poolId, settled!.userId, settled!.account, ALL_CYCLES);
        const before = await world.pool.holdingOf(state.poolId, left!.userId, 1n);
        expect(before.units).to.equal(GRANT);
        await close(world, state);
        for (const [user, units] of [
          [settled!, GRANT],
          [left!, 0n],
        ] as const) {
          expect((await world.pool.holdingOf(state.poolId, user.userId, 1n)).units).to.equal(units);
          expect(await world.pool.balanceOf(user.account, state.poolId)).to.equal(units);
        }
      });
    });
  });
});
