import { expect } from "chai";
import { id, ZeroAddress } from "ethers";

import {
  type BoundUser,
  claim,
  createPool,
  endOf,
  finalRoot,
  goTo,
  GRANT,
  grantByRoot,
  type Line,
  loadWorld,
  NO_DEADLINE,
  owedTo,
  refused,
  report,
  settleByProof,
  usersOf,
} from "../helpers/rewards.js";

/** A profit of which a unit is due one. */
const ONE_EACH = 100_000n;

describe("RewardPool", () => {
  describe("claim", () => {
    async function fixture() {
      const world = await loadWorld();
      const state = await createPool(world);
      const { poolId } = state;
      const [user, other] = state.users as [BoundUser, BoundUser];
      const paidTo = async ({ account }: { readonly account: string }) => world.token.balanceOf(account);
      return { world, state, poolId, user, other, paidTo };
    }

    /** Two users hold a grant, and one report was made. */
    async function owedFixture() {
      const fixed = await fixture();
      const { world, state, user, other } = fixed;
      await grantByRoot(world, state, 0, [user, other]);
      await report(world, state, 0, ONE_EACH);
      return fixed;
    }

    it("reverts for a user who is not bound", async () => {
      const { world, state, poolId, user } = await owedFixture();
      const attempt = claim(world, state, { userId: id("nobody"), account: user.account });
      await refused(world, attempt, "RewardPoolNotBound", [poolId, id("nobody"), ZeroAddress], async () =>
        claim(world, state, user),
      );
    });

    it("reverts where nothing is owed, until something is", async () => {
      const { world, state, poolId, user } = await fixture();
      await grantByRoot(world, state, 0, [user]);
      await refused(world, claim(world, state, user), "RewardPoolNothingOwed", [poolId, user.userId], async () => {
        await report(world, state, 0, ONE_EACH);
        return claim(world, state, user);
      });
    });

    it("reverts for a user without units", async () => {
      const { world, state, poolId, user } = await owedFixture();
      const third = state.users[2]!;
      await refused(world, claim(world, state, third), "RewardPoolNothingOwed", [poolId, third.userId], async () =>
        claim(world, state, user),
      );
    });

    it("reverts the second time", async () => {
      const { world, state, poolId, user, other, paidTo } = await owedFixture();
      await claim(world, state, user);
      await refused(world, claim(world, state, user), "RewardPoolNothingOwed", [poolId, user.userId], async () =>
        claim(world, state, other),
      );
      expect(await paidTo(user)).to.equal(GRANT);
    });

    it("pays the bound account, whoever calls, and tells of it", async () => {
      const { world, poolId, user, paidTo } = await owedFixture();
      const claimed = world.pool.connect(world.stranger).claim(poolId, user.userId);
      await expect(claimed)
        .to.emit(world.pool, "Claimed")
        .withArgs(poolId, user.userId, user.account, world.stranger.address, GRANT);
      await expect(claimed).to.emit(world.token, "Transfer").withArgs(world.poolAddress, user.account, GRANT);
      expect([await paidTo(user), await world.token.balanceOf(world.stranger.address)]).to.deep.equal([GRANT, 0n]);
      expect((await world.pool.memberOf(poolId, user.userId)).units).to.equal(GRANT);
    });

    it("returns what it pays", async () => {
      const { world, poolId, user } = await owedFixture();
      expect(await world.pool.claim.staticCall(poolId, user.userId)).to.equal(GRANT);
    });

    it("pays several reports at once as it pays them one by one", async () => {
      const { world, state, user, other, paidTo } = await owedFixture();
      await claim(world, state, user);
      for (const cycle of [1, 2, 3]) {
        await goTo(endOf(state, cycle));
        await report(world, state, cycle, ONE_EACH * BigInt(cycle));
        await claim(world, state, user);
      }
      await claim(world, state, other);
      expect(await paidTo(user)).to.equal(7n * GRANT);
      expect(await paidTo(other)).to.equal(7n * GRANT);
      expect(await world.token.balanceOf(world.poolAddress)).to.equal(0n);
      for (const cycle of [4, 5]) {
        await goTo(endOf(state, cycle));
        await report(world, state, cycle, ONE_EACH);
      }
      expect(await owedTo(world, state, user)).to.equal(2n * GRANT);
    });

    it("pays for the units held at each report", async () => {
      const { world, state, user, other, paidTo } = await owedFixture();
      await grantByRoot(world, state, 1, [user, other]);
      await report(world, state, 1, ONE_EACH);
      const lines: Line[] = [
        [user.userId, false],
        [other.userId, true],
      ];
      const tree = await finalRoot(world, state, 2, lines);
      await settleByProof(world, state, 2, tree, user, false);
      await settleByProof(world, state, 2, tree, other, true);
      await report(world, state, 2, ONE_EACH);
      expect(await owedTo(world, state, user)).to.equal(GRANT + 2n * GRANT);
      expect(await owedTo(world, state, other)).to.equal(GRANT + 2n * GRANT + 3n * GRANT);
      for (const each of [user, other]) await claim(world, state, each);
      expect(await paidTo(user)).to.equal(3n * GRANT);
      expect(await paidTo(other)).to.equal(6n * GRANT);
      expect(await world.token.balanceOf(world.poolAddress)).to.equal(0n);
    });

    it("pays nothing of what was reported before a user was bound", async () => {
      const { world, state, poolId } = await owedFixture();
      const [{ userId, account }] = usersOf("0x06", 1) as [BoundUser];
      await world.pool.connect(world.registrar).bind(poolId, [{ userId, account }], NO_DEADLINE, "0x");
      await grantByRoot(world, state, 1, [{ userId, account }]);
      await refused(world, claim(world, state, { userId, account }), "RewardPoolNothingOwed", [poolId, userId]);
      await report(world, state, 1, ONE_EACH);
      await claim(world, state, { userId, account });
      expect(await world.token.balanceOf(account)).to.equal(GRANT);
    });

    it("leaves alone what another pool owes the same account in the same token", async () => {
      const { world, user, state, paidTo } = await owedFixture();
      const elsewhere = await createPool(world, { grant: 1n }, 0);
      const there = { userId: id("elsewhere"), account: user.account };
      await world.pool.connect(world.registrar).bind(elsewhere.poolId, [there], NO_DEADLINE, "0x");
      await grantByRoot(world, elsewhere, 0, [there]);
      await report(world, elsewhere, 0, ONE_EACH);
      await claim(world, elsewhere, there);
      expect(await paidTo(user)).to.equal(1n);
      expect(await owedTo(world, state, user)).to.equal(GRANT);
    });
  });
});
