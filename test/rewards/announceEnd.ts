import { expect } from "chai";
import { id } from "ethers";

import {
  at,
  BY_OPERATOR,
  createPool,
  endOf,
  goTo,
  type Line,
  loadWorld,
  NO_DEADLINE,
  publishRoot,
  refused,
  report,
  rootRoster,
  treeOf,
  usersOf,
} from "../helpers/rewards.js";

describe("RewardPool", () => {
  describe("announceEnd", () => {
    async function fixture() {
      const world = await loadWorld();
      const state = await createPool(world);
      const announce = async (by = world.operator) => world.pool.connect(by).announceEnd(state.poolId);
      return { world, state, poolId: state.poolId, announce };
    }

    it("reverts for anybody but the operator", async () => {
      const { world, announce } = await fixture();
      const args = [world.operator.address, world.stranger.address];
      await refused(world, announce(world.stranger), "RewardPoolNotOperator", args, announce);
    });

    it("reverts when an end was announced", async () => {
      const { world, state, poolId, announce } = await fixture();
      await announce();
      await goTo(endOf(state, 2));
      await refused(world, announce(), "RewardPoolEnded", [poolId, 1n, 4n]);
      expect((await world.pool.poolOf(poolId)).endCycle).to.equal(1n);
    });

    it("makes the first cycle the last one where none has begun", async () => {
      const { world, poolId, announce } = await fixture();
      await expect(announce()).to.emit(world.pool, "EndAnnounced").withArgs(poolId, 1n);
    });

    it("makes a cycle the last one up to its last second", async () => {
      const { world, state, poolId, announce } = await fixture();
      await at(endOf(state, 1) - 1n);
      await expect(announce()).to.emit(world.pool, "EndAnnounced").withArgs(poolId, 2n);
    });

    it("makes the next cycle the last one from the second that it begins", async () => {
      const { world, state, poolId, announce } = await fixture();
      await at(endOf(state, 1));
      await expect(announce()).to.emit(world.pool, "EndAnnounced").withArgs(poolId, 3n);
    });

    describe("once it is announced", () => {
      it("binds nobody", async () => {
        const { world, poolId, announce } = await fixture();
        await announce();
        const attempt = world.pool.connect(world.registrar).bind(poolId, usersOf(id("others"), 1), NO_DEADLINE, "0x");
        await refused(world, attempt, "RewardPoolEnded", [poolId, 1n, 0n]);
      });

      it("takes no evidence of a cycle after the last", async () => {
        const { world, state, poolId, announce } = await fixture();
        await announce();
        const lines: Line[] = [[state.users[0]!.userId, true]];
        await publishRoot(world, state, 0, lines);
        await goTo(endOf(state, 1));
        const roster = rootRoster(treeOf(poolId, 1, lines), lines);
        const attempt = world.pool.connect(world.operator).publish(poolId, 1, roster, [], BY_OPERATOR);
        await refused(world, attempt, "RewardPoolEnded", [poolId, 1n, 1n]);
      });

      it("takes no report of a cycle after the last", async () => {
        const { world, state, poolId, announce } = await fixture();
        await announce();
        await goTo(endOf(state, 1));
        await report(world, state, 0, 1n);
        await refused(world, report(world, state, 1, 1n), "RewardPoolEnded", [poolId, 1n, 1n]);
      });
    });
  });
});
