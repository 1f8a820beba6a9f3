import { expect } from "chai";
import { id } from "ethers";

import {
  at,
  claim,
  createPool,
  endOf,
  finalRoot,
  ethers,
  goTo,
  GRANT,
  grantByRoot,
  loadWorld,
  owedTo,
  type PoolConfig,
  refused,
  report,
  settleByProof,
  SHARE,
} from "../helpers/rewards.js";

const ONE = 10n ** 18n;
const MAX_120 = 2n ** 120n - 1n;

describe("RewardPool", () => {
  describe("reportProfit", () => {
    async function fixture(changes: Partial<PoolConfig> = {}) {
      const world = await loadWorld();
      const state = await createPool(world, changes);
      const held = async () => world.token.balanceOf(world.poolAddress);
      return { world, state, poolId: state.poolId, held };
    }

    /** Cycle 0 is over, and so many users hold a grant. */
    async function grantedFixture(changes: Partial<PoolConfig> = {}, count = 1) {
      const fixed = await fixture(changes);
      const { world, state } = fixed;
      await grantByRoot(world, state, 0, state.users.slice(0, count));
      return { ...fixed, user: state.users[0]! };
    }

    it("reverts in the last second of the cycle", async () => {
      const { world, state } = await fixture();
      const end = endOf(state, 0);
      await at(end - 1n);
      await refused(world, report(world, state, 0, 1n), "RewardPoolTooEarly", [end, end - 1n], async () => {
        await at(end);
        return report(world, state, 0, 1n);
      });
    });

    it("reverts for anybody but the operator", async () => {
      const { world, state, poolId } = await grantedFixture();
      const attempt = world.pool
        .connect(world.registrar)
        .reportProfit(poolId, 0n, world.tokenAddress, ONE, id("the accounts"));
      const args = [world.operator.address, world.registrar.address];
      await refused(world, attempt, "RewardPoolNotOperator", args, async () => report(world, state, 0, ONE));
    });

    it("reverts for another token", async () => {
      const { world, state, poolId } = await grantedFixture();
      const other = await (await ethers.deployContract("StandardToken")).getAddress();
      const attempt = world.pool.connect(world.operator).reportProfit(poolId, 0n, other, ONE, id("the accounts"));
      await refused(world, attempt, "RewardPoolWrongToken", [world.tokenAddress, other], async () =>
        report(world, state, 0, ONE),
      );
    });

    describe("when cycles come out of order", () => {
      it("reverts for a cycle that was reported", async () => {
        const { world, state } = await grantedFixture();
        await report(world, state, 0, ONE);
        await refused(world, report(world, state, 0, ONE), "RewardPoolReportOutOfOrder", [1n, 0n], async () => {
          await goTo(endOf(state, 1));
          return report(world, state, 1, ONE);
        });
      });

      it("reverts while an earlier cycle is not reported", async () => {
        const { world, state } = await grantedFixture();
        await goTo(endOf(state, 1));
        await refused(world, report(world, state, 1, ONE), "RewardPoolReportOutOfOrder", [0n, 1n], async () => {
          await report(world, state, 0, ONE);
          return report(world, state, 1, ONE);
        });
      });
    });

    describe("when the operator cannot pay", () => {
      it("reverts without its allowance, and counts nothing", async () => {
        const { world, state, poolId, user } = await grantedFixture();
        const deposit = (ONE * SHARE * GRANT) / ONE;
        const token = world.token.connect(world.operator);
        await token.approve(world.poolAddress, deposit - 1n);
        await expect(report(world, state, 0, ONE))
          .to.be.revertedWithCustomError(world.token, "ERC20InsufficientAllowance")
          .withArgs(world.poolAddress, deposit - 1n, deposit);
        const { reportCount, deposited, carry } = await world.pool.poolOf(poolId);
        expect([reportCount, deposited, carry]).to.deep.equal([0n, 0n, 0n]);
        expect(await owedTo(world, state, user)).to.equal(0n);

        await token.approve(world.poolAddress, deposit);
        await report(world, state, 0, ONE);
        expect(await owedTo(world, state, user)).to.equal(deposit);
      });

      it("reverts without the money", async () => {
        const { world, state } = await grantedFixture();
        const { operator, stranger, token } = world;
        const deposit = SHARE * GRANT;
        const all = await token.balanceOf(operator.address);
        await token.connect(operator).transfer(stranger.address, all - deposit + 1n);
        await expect(report(world, state, 0, ONE))
          .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
          .withArgs(operator.address, deposit - 1n, deposit);
        await token.connect(stranger).transfer(operator.address, 1n);
        await report(world, state, 0, ONE);
      });
    });

    it("deposits exactly what the units out are due, and tells of it", async () => {
      const { world, state, poolId, held } = await grantedFixture({}, 3);
      const profit = 123_456_789_012n;
      const perUnit = (profit * SHARE) / ONE;
      const reported = report(world, state, 0, profit);
      await expect(reported)
        .to.emit(world.pool, "ProfitReported")
        .withArgs(poolId, 0n, profit, perUnit, 3n * GRANT, perUnit * 3n * GRANT, id("the accounts"));
      await expect(reported)
        .to.emit(world.token, "Transfer")
        .withArgs(world.operator.address, world.poolAddress, perUnit * 3n * GRANT);
      expect(await held()).to.equal(perUnit * 3n * GRANT);
      const pool = await world.pool.poolOf(poolId);
      expect([pool.reportCount, pool.deposited]).to.deep.equal([1n, perUnit * 3n * GRANT]);
    });

    it("takes a loss, reported as 0, and takes nothing back", async () => {
      const { world, state, poolId, user, held } = await grantedFixture();
      await report(world, state, 0, 10n ** 6n);
      await goTo(endOf(state, 1));
      const reported = report(world, state, 1, 0n);
      await expect(reported)
        .to.emit(world.pool, "ProfitReported")
        .withArgs(poolId, 1n, 0n, 0n, GRANT, 0n, id("the accounts"));
      await expect(reported).not.to.emit(world.token, "Transfer");
      expect([await held(), await owedTo(world, state, user)]).to.deep.equal([100n, 100n]);
    });

    describe("when no unit is out", () => {
      it("deposits nothing of any profit", async () => {
        const { world, state, poolId, held } = await fixture();
        await goTo(endOf(state, 0));
        const reported = report(world, state, 0, 2n ** 128n - 1n);
        await expect(reported)
          .to.emit(world.pool, "ProfitReported")
          .withArgs(poolId, 0n, 2n ** 128n - 1n, 0n, 0n, 0n, id("the accounts"));
        await expect(reported).not.to.emit(world.token, "Transfer");
        expect(await held()).to.equal(0n);
        const pool = await world.pool.poolOf(poolId);
        expect([pool.carry, pool.deposited, pool.reportCount]).to.deep.equal([0n, 0n, 1n]);
      });

      it("owes nothing of it to who receives units later", async () => {
        const { world, state } = await fixture();
        const user = state.users[0]!;
        await goTo(endOf(state, 0));
        await report(world, state, 0, ONE);
        await grantByRoot(world, state, 1, [user]);
        expect(await owedTo(world, state, user)).to.equal(0n);
        await report(world, state, 1, 10n ** 6n);
        expect(await owedTo(world, state, user)).to.equal(100n);
      });
    });

    describe("when the profit does not divide", () => {
      it("rounds down, and carries what is left to the next report", async () => {
        const { world, state, poolId, user } = await grantedFixture();
        const part = ONE / SHARE;
        let carry = 0n;
        let owed = 0n;
        for (const [cycle, profit] of [part - 1n, 1n, part / 3n, part / 3n, part / 3n, 2n].entries()) {
          await goTo(endOf(state, cycle));
          await report(world, state, cycle, profit);
          const parts = profit * SHARE + carry;
          carry = parts % ONE;
          owed += (parts / ONE) * GRANT;
          expect((await world.pool.poolOf(poolId)).carry).to.equal(carry);
          expect(await owedTo(world, state, user)).to.equal(owed);
        }
        expect(owed).to.equal(2n * GRANT);
      });

      it("pays all that was deposited, to the last unit of the token", async () => {
        const share = 333_333_333_333_333n;
        const { world, state, poolId, held } = await grantedFixture({ totalUnits: 40n, share }, 4);
        const profits = [1_000_003n, 7n, 999_999_937n, 0n, 12_345n];
        for (const [cycle, profit] of profits.entries()) {
          await goTo(endOf(state, cycle));
          await report(world, state, cycle, profit);
        }
        const { deposited } = await world.pool.poolOf(poolId);
        const total = profits.reduce((sum, profit) => sum + profit);
        // Of the whole profit, not of each report for itself.
        expect(deposited).to.equal(((total * share) / ONE) * 40n);
        expect(await held()).to.equal(deposited);
        for (const user of state.users) await claim(world, state, user);
        expect(await held()).to.equal(0n);
      });

      it("keeps the carry over a report with no unit out", async () => {
        const { world, state, poolId, user } = await grantedFixture();
        const part = ONE / SHARE;
        await report(world, state, 0, part - 1n);
        const before = (await world.pool.poolOf(poolId)).carry;
        const tree = await finalRoot(world, state, 1, [[user.userId, false]]);
        await settleByProof(world, state, 1, tree, user, false);
        await report(world, state, 1, part);
        expect((await world.pool.poolOf(poolId)).carry).to.equal(before);
        await grantByRoot(world, state, 2, [user]);
        await report(world, state, 2, 1n);
        expect(await owedTo(world, state, user)).to.equal(GRANT);
      });
    });

    describe("when profit is more than is counted", () => {
      /** Ten units are the whole profit, and five of them are out, so that a deposit can be exactly the most. */
      const OUT = 5n;

      async function wholeFixture() {
        const fixed = await grantedFixture({ totalUnits: 10n, grant: OUT, share: ONE / 10n });
        await fixed.world.token.mint(fixed.world.operator.address, 2n ** 128n);
        return fixed;
      }

      it("reverts for a deposit beyond 120 bits, and takes all up to it", async () => {
        const { world, state, poolId, user } = await wholeFixture();
        const most = MAX_120 / OUT;
        const attempt = report(world, state, 0, (most + 1n) * 10n);
        await refused(world, attempt, "RewardPoolProfitTooLarge", [MAX_120, (most + 1n) * OUT], async () =>
          report(world, state, 0, most * 10n),
        );
        expect((await world.pool.poolOf(poolId)).deposited).to.equal(most * OUT);
        expect(await owedTo(world, state, user)).to.equal(most * OUT);
        await claim(world, state, user);
        expect(await world.token.balanceOf(user.account)).to.equal(most * OUT);
      });

      it("reverts for deposits that are too much together, and goes on with reports of 0", async () => {
        const { world, state, user } = await wholeFixture();
        const most = MAX_120 / OUT;
        await report(world, state, 0, most * 10n);
        await claim(world, state, user);
        await goTo(endOf(state, 1));
        const args = [MAX_120, (most + 1n) * OUT];
        await refused(world, report(world, state, 1, 10n), "RewardPoolProfitTooLarge", args, async () =>
          report(world, state, 1, 0n),
        );
      });

      it("reverts for the largest profit there can be", async () => {
        const { world, state } = await wholeFixture();
        const most = 2n ** 128n - 1n;
        const args = [MAX_120, (most / 10n) * OUT];
        await refused(world, report(world, state, 0, most), "RewardPoolProfitTooLarge", args, async () =>
          report(world, state, 0, ONE),
        );
      });
    });
  });
});
