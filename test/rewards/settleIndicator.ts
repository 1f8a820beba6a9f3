import { expect } from "chai";

import type { UsageIndicator } from "../../typechain-types/index.js";
import {
  type BoundUser,
  actionUntil,
  ALL_CYCLES,
  Answer,
  at,
  close,
  createPool,
  CYCLE,
  endOf,
  ethers,
  finalFrom,
  goTo,
  GRANT,
  loadWorld,
  Mode,
  type PoolConfig,
  Refusal,
  refused,
  report,
  settleOpen,
  Source,
  unitsOf,
} from "../helpers/rewards.js";

const THRESHOLD = 40n;

/** As the mock numbers them. */
const Behaviour = {
  HONEST: 0n,
  REVERT: 1n,
  REVERT_BOMB: 2n,
  ANSWER_BOMB: 3n,
  SHORT: 4n,
  EMPTY: 5n,
  NONSENSE: 6n,
  HEAVY: 7n,
} as const;

describe("RewardPool", () => {
  describe("settle, in mode INDICATOR", () => {
    async function fixture(changes: Partial<PoolConfig> = {}) {
      const world = await loadWorld();
      const indicator: UsageIndicator = await ethers.deployContract("UsageIndicator");
      const state = await createPool(world, {
        mode: Mode.INDICATOR,
        indicator: await indicator.getAddress(),
        threshold: THRESHOLD,
        ...changes,
      });
      const [user, other] = state.users as [BoundUser, BoundUser];
      const prove = async (cycle: number, total: bigint, { userId } = user) =>
        indicator.setTotal(userId, endOf(state, cycle) - CYCLE, endOf(state, cycle), total);
      const nextCycle = async () => (await world.pool.memberOf(state.poolId, user.userId)).nextCycle;
      return { world, state, poolId: state.poolId, indicator, user, other, prove, nextCycle };
    }

    it("reverts in the last second before the cycle is final", async () => {
      const { world, state, poolId, user, prove } = await fixture();
      await prove(0, THRESHOLD);
      await at(finalFrom(state, 0) - 1n);
      const args = [poolId, user.userId, 0n, 0n];
      await refused(world, settleOpen(world, state, user), "RewardPoolNothingToSettle", args, async () => {
        await at(finalFrom(state, 0));
        return settleOpen(world, state, user);
      });
      expect(await unitsOf(world, state, user)).to.equal(GRANT);
    });

    for (const [total, units] of [
      [THRESHOLD, 2n * GRANT],
      [2n ** 256n - 1n, 2n * GRANT],
      [THRESHOLD - 1n, 0n],
      [0n, 0n],
    ] as const) {
      it(`leaves ${units} units of a grant before for a total of ${total}`, async () => {
        const { world, state, poolId, user, prove } = await fixture();
        await prove(0, THRESHOLD);
        await prove(1, total);
        await goTo(finalFrom(state, 1));
        await settleOpen(world, state, user, 1n);
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
        await expect(settleOpen(world, state, user))
          .to.emit(world.pool, "Settled")
          .withArgs(poolId, user.userId, 2n);
        expect(await unitsOf(world, state, user)).to.equal(units);
      });
    }

    it("asks for the user id, and for exactly the cycle", async () => {
      const { world, state, poolId, indicator, user, other } = await fixture();
      await goTo(finalFrom(state, 0));
      const [from, to] = [state.start, endOf(state, 0)];
      await indicator.setTotal(other.userId, from, to, THRESHOLD);
      await indicator.setTotal(user.userId, from, to - 1n, THRESHOLD);
      await indicator.setTotal(user.userId, from + 1n, to, THRESHOLD);
      await indicator.setTotal(user.userId, to, to + CYCLE, THRESHOLD);
      const args = [poolId, user.userId, 0n, 1n];
      await refused(world, settleOpen(world, state, user), "RewardPoolNothingToSettle", args, async () => {
        await indicator.setTotal(user.userId, from, to, THRESHOLD);
        return settleOpen(world, state, user);
      });
    });

    describe("when the total is not known", () => {
      it("reverts up to the last second of the action window, in which it may still be proved", async () => {
        const { world, state, poolId, user, prove } = await fixture();
        await at(actionUntil(state, 0) - 2n);
        await world.store.store("0x01");
        await at(actionUntil(state, 0) - 1n);
        const args = [poolId, user.userId, 0n, 2n];
        await refused(world, settleOpen(world, state, user), "RewardPoolNothingToSettle", args);
        expect(await unitsOf(world, state, user)).to.equal(0n);
        await prove(0, THRESHOLD);
        await settleOpen(world, state, user, 1n);
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });

      it("counts as no evidence from the second that the action window is over", async () => {
        const { world, state, poolId, user, prove } = await fixture();
        await at(actionUntil(state, 0));
        const settled = settleOpen(world, state, user, 1n);
        await expect(settled).to.emit(world.pool, "Settled").withArgs(poolId, user.userId, 1n);
        await expect(settled).not.to.emit(world.pool, "TransferSingle");
        await prove(0, THRESHOLD);
        const args = [poolId, user.userId, 1n, 3n];
        await refused(world, settleOpen(world, state, user, 1n), "RewardPoolNothingToSettle", args);
      });

      it("settles the cycles before, and waits with those after", async () => {
        const { world, state, user, prove, nextCycle } = await fixture();
        await prove(0, THRESHOLD);
        await prove(2, THRESHOLD);
        await goTo(finalFrom(state, 2));
        await settleOpen(world, state, user);
        expect([await nextCycle(), await unitsOf(world, state, user)]).to.deep.equal([1n, GRANT]);
        await goTo(actionUntil(state, 1));
        await settleOpen(world, state, user, 3n);
        expect([await nextCycle(), await unitsOf(world, state, user)]).to.deep.equal([3n, 2n * GRANT]);
      });

      it("settles a total that was proved after the action window, for nobody had settled", async () => {
        const { world, state, user, prove } = await fixture();
        await goTo(actionUntil(state, 0) + 1n);
        await prove(0, THRESHOLD);
        await settleOpen(world, state, user, 1n);
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });
    });

    for (const [name, behaviour] of [
      ["reverts", Behaviour.REVERT],
      ["reverts with a megabyte that reads like an answer", Behaviour.REVERT_BOMB],
      ["answers with one word", Behaviour.SHORT],
      ["answers with nothing", Behaviour.EMPTY],
      ["answers nonsense", Behaviour.NONSENSE],
    ] as const) {
      it(`knows nothing of an indicator that ${name}, and settles once it answers`, async () => {
        const { world, state, poolId, indicator, user, prove } = await fixture();
        await prove(0, THRESHOLD);
        await goTo(finalFrom(state, 0));
        await indicator.setBehaviour(behaviour);
        expect(await world.pool.answerOf(poolId, user.userId, 0n, Source.OPERATOR)).to.equal(Answer.NONE);
        const args = [poolId, user.userId, 0n, 1n];
        await refused(world, settleOpen(world, state, user), "RewardPoolNothingToSettle", args, async () => {
          await indicator.setBehaviour(Behaviour.HONEST);
          return settleOpen(world, state, user);
        });
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });
    }

    it("waits for an indicator that is out of order when the action window is over, too", async () => {
      const { world, state, poolId, indicator, user, prove } = await fixture();
      await prove(0, THRESHOLD);
      await indicator.setBehaviour(Behaviour.REVERT);
      await at(actionUntil(state, 0));
      const args = [poolId, user.userId, 0n, 3n];
      await refused(world, settleOpen(world, state, user, 1n), "RewardPoolNothingToSettle", args, async () => {
        await indicator.setBehaviour(Behaviour.HONEST);
        return settleOpen(world, state, user, 1n);
      });
      expect(await unitsOf(world, state, user)).to.equal(GRANT);
    });

    it("reads two words of an indicator that answers with a megabyte, at the indicator's cost alone", async () => {
      const { world, state, indicator, user, prove } = await fixture();
      await prove(0, THRESHOLD);
      await goTo(finalFrom(state, 0));
      await indicator.setBehaviour(Behaviour.ANSWER_BOMB);
      const receipt = await (await settleOpen(world, state, user)).wait();
      // A megabyte of memory costs two million; a second copy would cost as much again.
      expect(receipt!.gasUsed).to.be.lessThan(3_000_000n);
      expect(await unitsOf(world, state, user)).to.equal(GRANT);
    });

    it("waits for an indicator that takes much gas, and counts its answer", async () => {
      const { world, state, indicator, user, prove } = await fixture();
      await prove(0, THRESHOLD);
      await goTo(finalFrom(state, 0));
      await indicator.setBehaviour(Behaviour.HEAVY);
      await settleOpen(world, state, user);
      expect(await unitsOf(world, state, user)).to.equal(GRANT);
    });

    it("settles no cycle after the last", async () => {
      const { world, state, poolId, user, prove, nextCycle } = await fixture();
      await world.pool.connect(world.operator).announceEnd(poolId);
      for (const cycle of [0, 1]) await prove(cycle, THRESHOLD);
      await goTo(actionUntil(state, 1));
      await settleOpen(world, state, user);
      expect([await nextCycle(), await unitsOf(world, state, user)]).to.deep.equal([1n, GRANT]);
      const args = [poolId, user.userId, 1n, 4n];
      await refused(world, settleOpen(world, state, user), "RewardPoolNothingToSettle", args);
    });

    it("keeps the right where the pool has too few units", async () => {
      const { world, state, poolId, user, other, prove } = await fixture({ totalUnits: GRANT });
      for (const each of [user, other]) await prove(0, THRESHOLD, each);
      await goTo(finalFrom(state, 0));
      await settleOpen(world, state, other);
      await refused(world, settleOpen(world, state, user), "RewardPoolExhausted", [poolId, 0n, GRANT], async () => {
        await world.pool.connect(world.operator).topUp(poolId, GRANT);
        return settleOpen(world, state, user);
      });
      expect(await unitsOf(world, state, user)).to.equal(GRANT);
    });

    it("stops where the pool has too few units, whatever the next total is", async () => {
      const { world, state, poolId, user, other, prove } = await fixture({ totalUnits: GRANT });
      await prove(0, THRESHOLD, other);
      await prove(0, THRESHOLD);
      await prove(1, 0n);
      await goTo(finalFrom(state, 1));
      await settleOpen(world, state, other, 1n);
      await refused(world, settleOpen(world, state, user), "RewardPoolExhausted", [poolId, 0n, GRANT]);
    });

    it("shows no answer of a user who is not bound", async () => {
      const { world, poolId, user, prove } = await fixture();
      const nobody = { ...user, userId: ethers.id("nobody") };
      for (const each of [user, nobody]) await prove(0, THRESHOLD, each);
      const answers = [user, nobody].map(async ({ userId }) =>
        world.pool.answerOf(poolId, userId, 0n, Source.OPERATOR),
      );
      expect(await Promise.all(answers)).to.deep.equal([Answer.YES, Answer.NONE]);
    });

    it("settles a batch, and leaves out whose total is not known", async () => {
      const { world, state, poolId, user, other, prove } = await fixture();
      await prove(0, THRESHOLD, other);
      await goTo(finalFrom(state, 0));
      const users = [user, other].map(({ userId, account }) => ({ userId, account }));
      await expect(world.pool.settleBatch(poolId, users, ALL_CYCLES))
        .to.emit(world.pool, "NotSettled")
        .withArgs(poolId, user.userId, Refusal.NOT_FINAL)
        .and.to.emit(world.pool, "Settled")
        .withArgs(poolId, other.userId, 1n);
    });

    it("shows the answer and the holding before they are settled, and nothing new once the pool is closed", async () => {
      const { world, state, poolId, user, prove } = await fixture();
      const { userId } = user;
      await world.pool.connect(world.operator).announceEnd(poolId);
      await prove(0, THRESHOLD);
      expect(await world.pool.answerOf(poolId, userId, 0n, Source.VERIFIER)).to.equal(Answer.YES);
      expect([...(await world.pool.holdingOf(poolId, userId, ALL_CYCLES))]).to.deep.equal([0n, 0n]);
      await goTo(finalFrom(state, 0));
      expect([...(await world.pool.holdingOf(poolId, userId, ALL_CYCLES))]).to.deep.equal([GRANT, 1n]);
      await report(world, state, 0, 0n);
      await close(world, state);
      expect([...(await world.pool.holdingOf(poolId, userId, ALL_CYCLES))]).to.deep.equal([0n, 0n]);
    });
  });
});
