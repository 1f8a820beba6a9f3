import { expect } from "chai";

import {
  type BoundUser,
  ALL_CYCLES,
  at,
  createPool,
  finalBitmap,
  finalFrom,
  Form,
  goTo,
  GRANT,
  loadWorld,
  Mode,
  type PoolConfig,
  publishBitmap,
  Refusal,
  refused,
  settleOpen,
  unitsOf,
  type User,
  usersOf,
} from "../helpers/rewards.js";

describe("RewardPool", () => {
  describe("settleBatch", () => {
    async function fixture(changes: Partial<PoolConfig> = {}) {
      const world = await loadWorld();
      const state = await createPool(world, { form: Form.BITMAP, ...changes });
      const [a, b, c, d] = state.users as [BoundUser, BoundUser, BoundUser, BoundUser];
      const settle = async (users: readonly User[], untilCycle = ALL_CYCLES) =>
        world.pool.connect(world.stranger).settleBatch(
          state.poolId,
          users.map(({ userId, account }) => ({ userId, account })),
          untilCycle,
        );
      const units = async () => Promise.all(state.users.map(async (user) => unitsOf(world, state, user)));
      const available = async () => world.pool.balanceOf(world.poolAddress, state.poolId);
      return { world, state, poolId: state.poolId, a, b, c, d, settle, units, available };
    }

    it("reverts where settling needs proofs", async () => {
      const { world, state, poolId, a, settle } = await fixture({ form: Form.ROOT });
      await goTo(finalFrom(state, 0));
      await refused(world, settle([a]), "RewardPoolWrongForm", [poolId, Mode.ROSTER, Form.ROOT]);
    });

    it("settles nobody of nobody", async () => {
      const { world, state, settle } = await fixture();
      await finalBitmap(world, state, 0, [true]);
      const settled = settle([]);
      await expect(settled).not.to.emit(world.pool, "Settled");
      await expect(settled).not.to.emit(world.pool, "NotSettled");
    });

    it("grants and reclaims, each user's outcome for itself", async () => {
      const { world, state, poolId, a, b, c, d, settle, units } = await fixture();
      await finalBitmap(world, state, 0, [true, true, false]);
      await settle([a, b, c, d]);
      expect(await units()).to.deep.equal([GRANT, GRANT, 0n, 0n]);
      await finalBitmap(world, state, 1, [true, false, true]);
      const settled = settle([d, c, b, a]);
      for (const [user, from, to, amount] of [
        [a, world.poolAddress, a.account, GRANT],
        [b, b.account, world.poolAddress, GRANT],
        [c, world.poolAddress, c.account, GRANT],
      ] as const) {
        await expect(settled)
          .to.emit(world.pool, "TransferSingle")
          .withArgs(world.stranger.address, from, to, poolId, amount)
          .and.to.emit(world.pool, "Settled")
          .withArgs(poolId, user.userId, 2n);
      }
      expect(await units()).to.deep.equal([2n * GRANT, 0n, GRANT, 0n]);
    });

    it("settles up to the cycle that is named", async () => {
      const { world, state, a, b, settle, units } = await fixture();
      await finalBitmap(world, state, 0, [true, true]);
      await finalBitmap(world, state, 1, [true, false]);
      await settle([a, b], 1n);
      expect((await units()).slice(0, 2)).to.deep.equal([GRANT, GRANT]);
      await settle([a, b], 2n);
      expect((await units()).slice(0, 2)).to.deep.equal([2n * GRANT, 0n]);
    });

    describe("when one of many cannot be settled", () => {
      it("leaves out a user who is not bound", async () => {
        const { world, state, poolId, a, b, settle, units } = await fixture();
        await finalBitmap(world, state, 0, [true, true]);
        const nobody = usersOf("0x01", 1)[0]!;
        await expect(settle([a, nobody, b]))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, nobody.userId, Refusal.NOT_BOUND);
        expect((await units()).slice(0, 2)).to.deep.equal([GRANT, GRANT]);
      });

      it("leaves out a user with another's account", async () => {
        const { world, state, poolId, a, b, c, settle, units } = await fixture();
        await finalBitmap(world, state, 0, [true, true, true]);
        await expect(settle([a, { userId: b.userId, account: a.account }, c]))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, b.userId, Refusal.NOT_BOUND);
        expect((await units()).slice(0, 3)).to.deep.equal([GRANT, 0n, GRANT]);
      });

      it("leaves out a user who is settled, and the second of two that are the same", async () => {
        const { world, state, poolId, a, b, settle, units } = await fixture();
        await finalBitmap(world, state, 0, [true, true]);
        await settleOpen(world, state, a);
        const settled = settle([a, b, b]);
        for (const user of [a, b]) {
          await expect(settled).to.emit(world.pool, "NotSettled").withArgs(poolId, user.userId, Refusal.NOT_FINAL);
        }
        expect((await units()).slice(0, 2)).to.deep.equal([GRANT, GRANT]);
      });

      it("leaves out everybody in the last second before the bitmap is final", async () => {
        const { world, state, poolId, a, settle, units } = await fixture();
        await publishBitmap(world, state, 0, [true]);
        await at(finalFrom(state, 0) - 1n);
        await expect(settle([a]))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, a.userId, Refusal.NOT_FINAL);
        await at(finalFrom(state, 0));
        await settle([a]);
        expect((await units())[0]).to.equal(GRANT);
      });
    });

    describe("when the pool has too few units in the middle", () => {
      it("settles whom it can, and keeps the right of the others until there is enough", async () => {
        const { world, state, poolId, a, b, c, d, settle, units, available } = await fixture({
          totalUnits: 2n * GRANT,
        });
        await finalBitmap(world, state, 0, [true, false, true, false]);
        await settle([a, b, c, d]);
        expect(await available()).to.equal(0n);
        await finalBitmap(world, state, 1, [true, true, false, true]);
        const settled = settle([a, c, d, b]);
        for (const user of [a, b]) {
          await expect(settled).to.emit(world.pool, "NotSettled").withArgs(poolId, user.userId, Refusal.POOL_EXHAUSTED);
        }
        expect(await units()).to.deep.equal([GRANT, 0n, 0n, GRANT]);
        expect(await available()).to.equal(0n);

        await world.pool.connect(world.operator).topUp(poolId, 2n * GRANT);
        await settle([a, b, c, d]);
        expect(await units()).to.deep.equal([2n * GRANT, GRANT, 0n, GRANT]);
        expect(await available()).to.equal(0n);
      });

      it("leaves to the next user what the one before could not use", async () => {
        const { world, state, poolId, a, b, settle, units, available } = await fixture({ totalUnits: 2n * GRANT - 1n });
        await finalBitmap(world, state, 0, [true, false]);
        await finalBitmap(world, state, 1, [true, true]);
        await expect(settle([a, b]))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, a.userId, Refusal.POOL_EXHAUSTED)
          .and.to.emit(world.pool, "Settled")
          .withArgs(poolId, b.userId, 2n);
        expect((await units()).slice(0, 2)).to.deep.equal([0n, GRANT]);
        expect(await available()).to.equal(GRANT - 1n);
        expect((await world.pool.memberOf(poolId, a.userId)).nextCycle).to.equal(0n);
      });
    });
  });
});
