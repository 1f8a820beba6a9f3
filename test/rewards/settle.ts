import { expect } from "chai";

import {
  type BoundUser,
  ALL_CYCLES,
  at,
  bitmapRoster,
  createPool,
  endOf,
  finalBitmap,
  finalFrom,
  Form,
  goTo,
  GRANT,
  loadWorld,
  Mode,
  networkHelpers,
  NO_DEADLINE,
  owedTo,
  type PoolConfig,
  type PoolState,
  publishBitmap,
  refused,
  report,
  settleOpen,
  TOTAL,
  unitsOf,
  usersOf,
  verdictOf,
  type World,
} from "../helpers/rewards.js";

type Said = "yes" | "no" | "nothing";

describe("RewardPool", () => {
  describe("settle", () => {
    async function fixture(changes: Partial<PoolConfig> = {}) {
      const world = await loadWorld();
      const state = await createPool(world, { form: Form.BITMAP, ...changes });
      const [user, other, third] = state.users as [BoundUser, BoundUser, BoundUser];
      return { world, state, poolId: state.poolId, user, other, third };
    }

    /** The user's open cycles say this, one bitmap each, all of them final. */
    async function finalCycles(world: World, state: PoolState, answers: readonly Said[], from = 0) {
      for (const [i, said] of answers.entries()) {
        const cycle = from + i;
        if (said === "nothing") await goTo(finalFrom(state, cycle));
        else await finalBitmap(world, state, cycle, [said === "yes", true]);
      }
    }

    it("reverts in the last second before the bitmap is final", async () => {
      const { world, state, poolId, user } = await fixture();
      await publishBitmap(world, state, 0, [true]);
      await at(finalFrom(state, 0) - 1n);
      const args = [poolId, user.userId, 0n, 0n];
      await refused(world, settleOpen(world, state, user), "RewardPoolNothingToSettle", args, async () => {
        await at(finalFrom(state, 0));
        return settleOpen(world, state, user);
      });
      expect(await unitsOf(world, state, user)).to.equal(GRANT);
    });

    it("reverts when all final cycles are settled", async () => {
      const { world, state, poolId, user } = await fixture();
      await finalCycles(world, state, ["yes"]);
      await settleOpen(world, state, user);
      const args = [poolId, user.userId, 1n, 1n];
      await refused(world, settleOpen(world, state, user), "RewardPoolNothingToSettle", args, async () => {
        await finalCycles(world, state, ["yes"], 1);
        return settleOpen(world, state, user);
      });
      expect(await unitsOf(world, state, user)).to.equal(2n * GRANT);
    });

    it("reverts for no cycle", async () => {
      const { world, state, poolId, user } = await fixture();
      await finalCycles(world, state, ["yes"]);
      const args = [poolId, user.userId, 0n, 1n];
      await refused(world, settleOpen(world, state, user, 0n), "RewardPoolNothingToSettle", args, async () =>
        settleOpen(world, state, user, 1n),
      );
    });

    it("reverts for a user who is not bound", async () => {
      const { world, state, poolId, user } = await fixture();
      await finalCycles(world, state, ["yes"]);
      const nobody = usersOf("0x01", 1)[0]!;
      const args = [poolId, nobody.userId, nobody.account];
      await refused(world, settleOpen(world, state, nobody), "RewardPoolNotBound", args, async () =>
        settleOpen(world, state, user),
      );
    });

    it("reverts for an account that is another user's", async () => {
      const { world, state, poolId, user, other } = await fixture();
      await finalCycles(world, state, ["yes"]);
      const crossed = { userId: user.userId, account: other.account };
      const args = [poolId, user.userId, other.account];
      await refused(world, settleOpen(world, state, crossed), "RewardPoolNotBound", args, async () =>
        settleOpen(world, state, user),
      );
    });

    it("reverts where settling needs a proof", async () => {
      const { world, state, poolId, user } = await fixture({ form: Form.ROOT });
      await goTo(finalFrom(state, 0));
      await refused(world, settleOpen(world, state, user), "RewardPoolWrongForm", [poolId, Mode.ROSTER, Form.ROOT]);
    });

    it("grants the preset units to who met the condition", async () => {
      const { world, state, poolId, user } = await fixture();
      await finalCycles(world, state, ["yes"]);
      await expect(settleOpen(world, state, user))
        .to.emit(world.pool, "TransferSingle")
        .withArgs(world.caller.address, world.poolAddress, user.account, poolId, GRANT)
        .and.to.emit(world.pool, "Settled")
        .withArgs(poolId, user.userId, 1n);
      expect(await unitsOf(world, state, user)).to.equal(GRANT);
      expect(await world.pool.balanceOf(world.poolAddress, poolId)).to.equal(TOTAL - GRANT);
    });

    it("reclaims everything from who missed it", async () => {
      const { world, state, poolId, user } = await fixture();
      await finalCycles(world, state, ["yes", "yes"]);
      await settleOpen(world, state, user);
      await finalCycles(world, state, ["no"], 2);
      await expect(settleOpen(world, state, user))
        .to.emit(world.pool, "TransferSingle")
        .withArgs(world.caller.address, user.account, world.poolAddress, poolId, 2n * GRANT)
        .and.to.emit(world.pool, "Settled")
        .withArgs(poolId, user.userId, 3n);
      expect(await unitsOf(world, state, user)).to.equal(0n);
      expect(await world.pool.balanceOf(world.poolAddress, poolId)).to.equal(TOTAL);
    });

    for (const [name, answers, index] of [
      ["who missed it and holds nothing", ["no"], 0],
      ["whom the bitmap does not reach", ["yes"], 2],
      ["of whom nothing was published", ["nothing"], 0],
    ] as const) {
      it(`moves nothing of a user ${name}`, async () => {
        const { world, state, poolId } = await fixture();
        const user = state.users[index]!;
        await finalCycles(world, state, answers);
        const settled = settleOpen(world, state, user);
        await expect(settled).to.emit(world.pool, "Settled").withArgs(poolId, user.userId, 1n);
        await expect(settled).not.to.emit(world.pool, "TransferSingle");
      });
    }

    it("keeps what a user holds when the bitmap does not reach him", async () => {
      const { world, state, other } = await fixture();
      await finalCycles(world, state, ["yes"]);
      await settleOpen(world, state, other);
      await finalBitmap(world, state, 1, [false]);
      await settleOpen(world, state, other);
      expect(await unitsOf(world, state, other)).to.equal(GRANT);
    });

    it("goes by the roster as it was corrected, with fewer users", async () => {
      const { world, state, user, other } = await fixture();
      await publishBitmap(world, state, 0, [false, true]);
      await publishBitmap(world, state, 0, [true]);
      await goTo(finalFrom(state, 0));
      for (const each of [user, other]) await settleOpen(world, state, each);
      expect(await unitsOf(world, state, user)).to.equal(GRANT);
      expect(await unitsOf(world, state, other)).to.equal(0n);
    });

    it("leaves a user out of cycles that were over when he was bound", async () => {
      const { world, state, poolId } = await fixture();
      await goTo(endOf(state, 0));
      const [late] = usersOf("0x02", 1) as [BoundUser];
      const item = { userId: late.userId, account: late.account };
      await world.pool.connect(world.registrar).bind(poolId, [item], NO_DEADLINE, "0x");
      await finalBitmap(world, state, 0, [true, true, true, true, true]);
      const args = [poolId, late.userId, 1n, 1n];
      await refused(world, settleOpen(world, state, late), "RewardPoolNothingToSettle", args, async () => {
        await finalBitmap(world, state, 1, [true, true, true, true, true]);
        return settleOpen(world, state, late);
      });
      expect(await unitsOf(world, state, late)).to.equal(GRANT);
    });

    describe("when several cycles are open", () => {
      it("settles them up to the one that is named", async () => {
        const { world, state, poolId, user } = await fixture();
        await finalCycles(world, state, ["yes", "yes", "no"]);
        await expect(settleOpen(world, state, user, 2n))
          .to.emit(world.pool, "Settled")
          .withArgs(poolId, user.userId, 2n);
        expect(await unitsOf(world, state, user)).to.equal(2n * GRANT);
      });

      it("settles only those that are final", async () => {
        const { world, state, user } = await fixture();
        await finalCycles(world, state, ["yes", "yes"]);
        await publishBitmap(world, state, 2, [false]);
        await settleOpen(world, state, user, ALL_CYCLES);
        expect(await unitsOf(world, state, user)).to.equal(2n * GRANT);
        expect((await world.pool.memberOf(state.poolId, user.userId)).nextCycle).to.equal(2n);
      });

      for (const [answers, units] of [
        [["yes", "no"], 0n],
        [["no", "yes"], GRANT],
        [["yes", "nothing", "yes"], 2n * GRANT],
        [["yes", "no", "nothing", "yes", "yes"], 2n * GRANT],
        [["yes", "yes", "nothing", "no", "nothing"], 0n],
      ] as const) {
        it(`makes ${units} units of ${answers.join(", ")}, at once and one by one, whoever calls`, async () => {
          const { world, state, poolId, user } = await fixture();
          await finalCycles(world, state, answers);
          const snapshot = await networkHelpers.takeSnapshot();
          const together = settleOpen(world, state, user);
          await expect(together).to.emit(world.pool, "Settled").withArgs(poolId, user.userId, answers.length);
          await report(world, state, 0, 12_345_678n);
          const after = async () => [
            await unitsOf(world, state, user),
            await world.pool.balanceOf(world.poolAddress, poolId),
            await owedTo(world, state, user),
          ];
          const expected = await after();
          expect(expected.slice(0, 2)).to.deep.equal([units, TOTAL - units]);
          await snapshot.restore();
          const callers = [world.stranger, world.operator, world.registrar];
          for (const i of answers.keys()) {
            const by = callers[i % callers.length]!;
            await world.pool.connect(by).settle(poolId, user.userId, user.account, i + 1);
          }
          await report(world, state, 0, 12_345_678n);
          expect(await after()).to.deep.equal(expected);
        });
      }

      it("logs what moved all in all, or nothing", async () => {
        const { world, state, poolId, user, other } = await fixture();
        await finalCycles(world, state, ["yes", "no", "yes"]);
        await expect(settleOpen(world, state, other))
          .to.emit(world.pool, "TransferSingle")
          .withArgs(world.caller.address, world.poolAddress, other.account, poolId, 3n * GRANT);
        await expect(settleOpen(world, state, user, 2n)).not.to.emit(world.pool, "TransferSingle");
        await finalCycles(world, state, ["no"], 3);
        await expect(settleOpen(world, state, user)).not.to.emit(world.pool, "TransferSingle");
      });

      it("logs the difference for a user who is left with fewer", async () => {
        const { world, state, poolId, user } = await fixture();
        await finalCycles(world, state, ["yes", "yes", "no", "yes"]);
        await settleOpen(world, state, user, 2n);
        await expect(settleOpen(world, state, user))
          .to.emit(world.pool, "TransferSingle")
          .withArgs(world.caller.address, user.account, world.poolAddress, poolId, GRANT);
      });

      it("counts a report between for what the user held then", async () => {
        const { world, state, user } = await fixture();
        await finalCycles(world, state, ["yes"]);
        await settleOpen(world, state, user);
        await report(world, state, 0, 10n ** 6n);
        await finalCycles(world, state, ["yes", "no"], 1);
        await report(world, state, 1, 10n ** 6n);
        await settleOpen(world, state, user);
        await report(world, state, 2, 10n ** 6n);
        expect(await owedTo(world, state, user)).to.equal(200n);
      });

      it("counts cycles after the last as cycles without evidence", async () => {
        const { world, state, poolId, user } = await fixture();
        await finalCycles(world, state, ["yes"]);
        await world.pool.connect(world.operator).announceEnd(poolId);
        const { endCycle } = await world.pool.poolOf(poolId);
        await goTo(finalFrom(state, Number(endCycle)));
        await settleOpen(world, state, user);
        expect((await world.pool.memberOf(poolId, user.userId)).nextCycle).to.equal(endCycle + 1n);
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });

      it("expires never", async () => {
        const { world, state, user } = await fixture();
        await finalCycles(world, state, ["yes"]);
        await goTo(endOf(state, 300));
        await settleOpen(world, state, user);
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
        expect((await world.pool.memberOf(state.poolId, user.userId)).nextCycle).to.equal(300n);
      });
    });

    describe("when the pool has too few units", () => {
      it("reverts with what there is, and keeps the right until there is enough", async () => {
        const { world, state, poolId, user, other } = await fixture({ totalUnits: 2n * GRANT - 1n });
        await finalCycles(world, state, ["yes"]);
        await settleOpen(world, state, other);
        const args = [poolId, GRANT - 1n, GRANT];
        await refused(world, settleOpen(world, state, user), "RewardPoolExhausted", args, async () => {
          await world.pool.connect(world.operator).topUp(poolId, 1n);
          return settleOpen(world, state, user);
        });
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
        expect(await world.pool.balanceOf(world.poolAddress, poolId)).to.equal(0n);
      });

      it("reverts for all cycles where one lacks units, and settles those before it alone", async () => {
        const { world, state, poolId, user } = await fixture({ totalUnits: 2n * GRANT });
        await finalCycles(world, state, ["yes", "yes", "yes"]);
        const args = [poolId, 0n, GRANT];
        await refused(world, settleOpen(world, state, user), "RewardPoolExhausted", args, async () =>
          settleOpen(world, state, user, 2n),
        );
        expect(await unitsOf(world, state, user)).to.equal(2n * GRANT);
      });

      it("reverts where a later cycle would take no units, and passes over none", async () => {
        const { world, state, poolId, user, other } = await fixture({ totalUnits: GRANT });
        await finalCycles(world, state, ["yes", "no"]);
        await settleOpen(world, state, other, 1n);
        const args = [poolId, 0n, GRANT];
        await refused(world, settleOpen(world, state, user), "RewardPoolExhausted", args, async () => {
          await world.pool.connect(world.operator).topUp(poolId, GRANT);
          return settleOpen(world, state, user, 1n);
        });
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });

      it("grants again what the user gave back in the same call", async () => {
        const { world, state, user } = await fixture({ totalUnits: GRANT });
        await finalCycles(world, state, ["yes", "no", "yes"]);
        await settleOpen(world, state, user);
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });
    });

    describe("when a user may hold no more", () => {
      for (const maxUnits of [2n * GRANT, 3n * GRANT - 1n]) {
        it(`moves nothing beyond ${maxUnits} units, and grants again once they were reclaimed`, async () => {
          const { world, state, user } = await fixture({ maxUnits });
          await finalCycles(world, state, ["yes", "yes", "yes"]);
          await settleOpen(world, state, user);
          expect(await unitsOf(world, state, user)).to.equal(2n * GRANT);
          await finalCycles(world, state, ["no", "yes"], 3);
          await settleOpen(world, state, user);
          expect(await unitsOf(world, state, user)).to.equal(GRANT);
        });
      }

      it("needs no units of the pool for a grant that moves nothing", async () => {
        const { world, state, user } = await fixture({ maxUnits: GRANT, totalUnits: GRANT });
        await finalCycles(world, state, ["yes", "yes"]);
        await settleOpen(world, state, user);
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });
    });

    describe("given a user who holds units, in mode BOTH", () => {
      for (const [roster, verdict, units] of [
        ["yes", "yes", 2n * GRANT],
        ["no", "yes", GRANT],
        ["nothing", "yes", GRANT],
        ["yes", "no", 0n],
        ["no", "no", 0n],
        ["nothing", "no", GRANT],
        ["yes", "nothing", GRANT],
        ["no", "nothing", GRANT],
      ] as const) {
        it(`leaves ${units} units when the operator says ${roster} and the verifier ${verdict}`, async () => {
          const { world, state, user } = await fixture({ mode: Mode.BOTH });
          await publishBitmap(world, state, 0, [true]);
          await publishVerdictBitmap(world, state, 0, [true]);
          if (roster !== "nothing") await publishBitmap(world, state, 1, [roster === "yes"]);
          if (verdict !== "nothing") await publishVerdictBitmap(world, state, 1, [verdict === "yes"]);
          await goTo(finalFrom(state, 1));
          await settleOpen(world, state, user, 1n);
          expect(await unitsOf(world, state, user)).to.equal(GRANT);
          await settleOpen(world, state, user);
          expect(await unitsOf(world, state, user)).to.equal(units);
        });
      }
    });

    it("goes by the verifier alone in mode VERIFIER", async () => {
      const { world, state, user, other } = await fixture({ mode: Mode.VERIFIER });
      await publishVerdictBitmap(world, state, 0, [true, false]);
      await goTo(finalFrom(state, 0));
      for (const each of [user, other]) await settleOpen(world, state, each);
      expect([await unitsOf(world, state, user), await unitsOf(world, state, other)]).to.deep.equal([GRANT, 0n]);
    });
  });
});

async function publishVerdictBitmap(world: World, state: PoolState, cycle: number, answers: readonly boolean[]) {
  const { roster, chunks, chunkHashes } = bitmapRoster(answers, { noneEligible: true });
  for (const chunk of chunks) await world.store.store(chunk);
  await goTo(endOf(state, cycle));
  const verdict = verdictOf(world, state.poolId, cycle, roster);
  await world.pool.publish(state.poolId, cycle, roster, chunkHashes, verdict);
}
