import { expect } from "chai";
import { concat, getCreate2Address, id, type Result, toBeHex, ZeroAddress, ZeroHash } from "ethers";

import {
  type BoundUser,
  ACTION,
  ALL_CYCLES,
  Answer,
  BY_OPERATOR,
  chunkHashOf,
  createPool,
  CYCLE,
  DISPUTE,
  endOf,
  finalBitmap,
  finalFrom,
  Form,
  goTo,
  GRANT,
  grantByRoot,
  loadWorld,
  Mode,
  NO_END,
  PUBLISH,
  publishBitmap,
  publishRoot,
  report,
  rootRoster,
  settleOpen,
  SHARE,
  Source,
  TOTAL,
} from "../helpers/rewards.js";

/** A struct's fields by their names. */
function objectOf(struct: unknown): Record<string, unknown> {
  return (struct as Result).toObject();
}

describe("RewardPool", () => {
  describe("poolOf", () => {
    it("tells all that the pool was made of", async () => {
      const world = await loadWorld();
      const indicator = await world.store.getAddress();
      const { poolId, config } = await createPool(world, {
        mode: Mode.INDICATOR,
        indicator,
        threshold: 77n,
        maxUnits: 40n,
        verifierDelay: 5n,
      });
      expect(objectOf(await world.pool.poolOf(poolId))).to.deep.equal({
        mode: Mode.INDICATOR,
        form: Form.ROOT,
        closed: false,
        totalUnits: TOTAL,
        availableUnits: TOTAL,
        grant: GRANT,
        maxUnits: 40n,
        start: config.start,
        cycleLength: CYCLE,
        publishWindow: PUBLISH,
        disputeWindow: DISPUTE,
        actionWindow: ACTION,
        endCycle: NO_END,
        reportCount: 0n,
        userCount: 4n,
        operator: world.operator.address,
        registrar: world.registrar.address,
        profitToken: world.tokenAddress,
        share: SHARE,
        carry: 0n,
        deposited: 0n,
        verifier: ZeroHash,
        nextVerifier: ZeroHash,
        nextVerifierFrom: 0n,
        verifierDelay: 5n,
        indicator,
        threshold: 77n,
      });
    });

    it("tells what became of it", async () => {
      const world = await loadWorld();
      const state = await createPool(world);
      await grantByRoot(world, state, 0, state.users.slice(0, 2));
      await report(world, state, 0, 350_001n);
      const pool = await world.pool.poolOf(state.poolId);
      expect(pool.availableUnits).to.equal(TOTAL - 2n * GRANT);
      expect(pool.reportCount).to.equal(1n);
      expect(pool.deposited).to.equal(3n * 2n * GRANT);
      expect(pool.carry).to.equal(50_001n * SHARE);
    });

    it("knows no threshold where no indicator is asked", async () => {
      const world = await loadWorld();
      const { poolId } = await createPool(world, { threshold: 77n });
      expect((await world.pool.poolOf(poolId)).threshold).to.equal(0n);
    });

    it("takes figures as large as their fields", async () => {
      const world = await loadWorld();
      const largest = {
        totalUnits: 2n ** 40n - 1n,
        grant: 2n ** 24n - 1n,
        maxUnits: 2n ** 32n - 1n,
        start: 2n ** 40n - 1n,
        cycleLength: 2n ** 32n - 1n,
        publishWindow: 1n,
        disputeWindow: 2n ** 24n - 2n,
        actionWindow: 2n ** 24n - 1n,
        share: 10n ** 18n / (2n ** 40n - 1n),
      };
      const { poolId } = await createPool(world, { ...largest, form: Form.BITMAP });
      const pool = objectOf(await world.pool.poolOf(poolId));
      for (const [field, figure] of Object.entries(largest)) expect(pool[field], field).to.equal(figure);
      expect(pool.form).to.equal(Form.BITMAP);
      expect([pool.closed, pool.reportCount]).to.deep.equal([false, 0n]);
    });
  });

  describe("memberOf", () => {
    it("is all zero for a user who is not bound", async () => {
      const world = await loadWorld();
      const { poolId } = await createPool(world);
      const member = await world.pool.memberOf(poolId, id("nobody"));
      expect([...member]).to.deep.equal([ZeroAddress, 0n, 0n, 0n, 0n, 0n]);
    });

    it("counts every report made so far, before anything is settled or claimed", async () => {
      const world = await loadWorld();
      const state = await createPool(world);
      const user = state.users[1]!;
      await grantByRoot(world, state, 0, [user]);
      await report(world, state, 0, 100_000n);
      await goTo(endOf(state, 1));
      await report(world, state, 1, 200_000n);
      const member = await world.pool.memberOf(state.poolId, user.userId);
      expect([...member]).to.deep.equal([user.account, 1n, 0n, 1n, GRANT, 3n * GRANT]);
    });
  });

  describe("userIdOf", () => {
    it("names whom an account is bound to", async () => {
      const world = await loadWorld();
      const { poolId, users } = await createPool(world);
      expect(await world.pool.userIdOf(poolId, users[2]!.account)).to.equal(users[2]!.userId);
      expect(await world.pool.userIdOf(poolId, world.stranger.address)).to.equal(ZeroHash);
    });
  });

  describe("holdingOf", () => {
    async function fixture(changes: Parameters<typeof createPool>[1] = { form: Form.BITMAP }) {
      const world = await loadWorld();
      const state = await createPool(world, changes);
      const [user, other] = state.users as [BoundUser, BoundUser];
      const holdingOf = async (untilCycle = ALL_CYCLES, { userId } = user) => [
        ...(await world.pool.holdingOf(state.poolId, userId, untilCycle)),
      ];
      return { world, state, user, other, holdingOf };
    }

    it("is none for a user who is not bound", async () => {
      const { world, state, user, holdingOf } = await fixture();
      await finalBitmap(world, state, 0, [true]);
      expect(await holdingOf(ALL_CYCLES, { ...user, userId: id("nobody") })).to.deep.equal([0n, 0n]);
    });

    it("is what settling then makes of the open cycles, up to the one that is named", async () => {
      const { world, state, user, holdingOf } = await fixture();
      for (const [cycle, answer] of [true, true, false, true].entries()) {
        await finalBitmap(world, state, cycle, [answer]);
      }
      await publishBitmap(world, state, 4, [false]);
      const expected = [0n, GRANT, 2n * GRANT, 0n, GRANT, GRANT];
      for (const [untilCycle, units] of expected.entries()) {
        expect(await holdingOf(BigInt(untilCycle))).to.deep.equal([units, BigInt(Math.min(untilCycle, 4))]);
      }
      await settleOpen(world, state, user);
      expect(await world.pool.balanceOf(user.account, state.poolId)).to.equal(GRANT);
      expect(await holdingOf()).to.deep.equal([GRANT, 4n]);
    });

    it("goes from what is settled already", async () => {
      const { world, state, user, holdingOf } = await fixture();
      await finalBitmap(world, state, 0, [true]);
      await settleOpen(world, state, user);
      await finalBitmap(world, state, 1, [true]);
      expect(await holdingOf(0n)).to.deep.equal([GRANT, 1n]);
      expect(await holdingOf()).to.deep.equal([2n * GRANT, 2n]);
    });

    it("takes no regard of units that the pool lacks, and heeds the most that a user may hold", async () => {
      const { world, state, holdingOf } = await fixture({ form: Form.BITMAP, totalUnits: GRANT, maxUnits: 2n * GRANT });
      for (const cycle of [0, 1, 2]) await finalBitmap(world, state, cycle, [true]);
      expect(await holdingOf()).to.deep.equal([2n * GRANT, 3n]);
    });

    it("is what the user holds now where settling needs proofs", async () => {
      const { world, state, user, holdingOf } = await fixture({});
      await grantByRoot(world, state, 0, [user]);
      await publishRoot(world, state, 1, [[user.userId, true]]);
      await goTo(finalFrom(state, 1));
      expect(await holdingOf()).to.deep.equal([GRANT, 1n]);
    });
  });

  describe("answerOf", () => {
    it("tells what a bitmap says, final or not, of users in it and beside it", async () => {
      const world = await loadWorld();
      const state = await createPool(world, { form: Form.BITMAP, mode: Mode.BOTH });
      await publishBitmap(world, state, 0, [true, false]);
      const answersOf = async (cycle: bigint, source: bigint) =>
        Promise.all(
          [...state.users.map(({ userId }) => userId), id("nobody")].map(async (userId) =>
            world.pool.answerOf(state.poolId, userId, cycle, source),
          ),
        );
      const { YES, NO, NONE } = Answer;
      expect(await answersOf(0n, Source.OPERATOR)).to.deep.equal([YES, NO, NONE, NONE, NONE]);
      expect(await answersOf(0n, Source.VERIFIER)).to.deep.equal([NONE, NONE, NONE, NONE, NONE]);
      expect(await answersOf(1n, Source.OPERATOR)).to.deep.equal([NONE, NONE, NONE, NONE, NONE]);
    });

    it("tells nothing of a root", async () => {
      const world = await loadWorld();
      const state = await createPool(world);
      const user = state.users[0]!;
      await publishRoot(world, state, 0, [[user.userId, true]]);
      expect(await world.pool.answerOf(state.poolId, user.userId, 0n, Source.OPERATOR)).to.equal(Answer.NONE);
    });
  });

  describe("evidenceOf", () => {
    it("is the root that stands", async () => {
      const world = await loadWorld();
      const state = await createPool(world);
      const { poolId, users } = state;
      expect(await world.pool.evidenceOf(poolId, 0n, Source.OPERATOR, 0n)).to.equal(ZeroHash);
      const tree = await publishRoot(world, state, 0, [[users[0]!.userId, true]]);
      expect(await world.pool.evidenceOf(poolId, 0n, Source.OPERATOR, 0n)).to.equal(tree.root);
      expect(await world.pool.evidenceOf(poolId, 0n, Source.VERIFIER, 0n)).to.equal(ZeroHash);
      expect(await world.pool.evidenceOf(poolId, 0n, Source.OPERATOR, 1n)).to.equal(ZeroHash);
      const correction = rootRoster(tree, [[users[0]!.userId, true]], { root: id("a correction") });
      await world.pool.connect(world.operator).publish(poolId, 0n, correction, [], BY_OPERATOR);
      expect(await world.pool.evidenceOf(poolId, 0n, Source.OPERATOR, 0n)).to.equal(correction.root);
    });

    it("is a chunk's pointer behind the number of users", async () => {
      const world = await loadWorld();
      const state = await createPool(world, { form: Form.BITMAP });
      await publishBitmap(world, state, 0, [true, false, true]);
      const pointer = getCreate2Address(await world.store.getAddress(), ZeroHash, chunkHashOf("0x05"));
      expect(await world.pool.evidenceOf(state.poolId, 0n, Source.OPERATOR, 0n)).to.equal(
        // 1: something is published.
        concat([toBeHex(1, 8), toBeHex(3, 4), pointer]),
      );
      expect(await world.pool.evidenceOf(state.poolId, 0n, Source.OPERATOR, 1n)).to.equal(ZeroHash);
    });
  });

  describe("revisionOf", () => {
    it("is 0 where the verifier published nothing", async () => {
      const world = await loadWorld();
      const state = await createPool(world);
      await publishRoot(world, state, 0, [[state.users[0]!.userId, true]]);
      expect(await world.pool.revisionOf(state.poolId, 0n)).to.equal(0n);
    });
  });

  describe("perUnitOf", () => {
    it("adds up what each unit was due in the reports so far", async () => {
      const world = await loadWorld();
      const state = await createPool(world);
      await grantByRoot(world, state, 0, [state.users[0]!]);
      for (const [cycle, profit] of [250_000n, 0n, 50_000n].entries()) {
        await goTo(endOf(state, cycle));
        await report(world, state, cycle, profit);
      }
      const perUnit = await Promise.all(
        [0n, 1n, 2n, 3n].map(async (count) => world.pool.perUnitOf(state.poolId, count)),
      );
      // A half is carried over the report of 0.
      expect(perUnit).to.deep.equal([0n, 2n, 2n, 3n]);
    });

    it("is 0 for reports that were not made", async () => {
      const world = await loadWorld();
      const { poolId } = await createPool(world);
      expect(await world.pool.perUnitOf(poolId, 5n)).to.equal(0n);
    });
  });
});
