import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { createPool, loadWorld, refused, SHARE, TOTAL } from "../helpers/rewards.js";

const MAX_UNITS = 2n ** 40n - 1n;
/** With {SHARE}, all units that there can be. */
const WHOLE = 10n ** 18n / SHARE;

describe("RewardPool", () => {
  describe("topUp", () => {
    async function fixture(changes: Parameters<typeof createPool>[1] = {}) {
      const world = await loadWorld();
      const state = await createPool(world, changes);
      const topUp = async (units: bigint, by = world.operator) => world.pool.connect(by).topUp(state.poolId, units);
      return { world, poolId: state.poolId, topUp };
    }

    it("reverts for anybody but the operator", async () => {
      const { world, topUp } = await fixture();
      const args = [world.operator.address, world.registrar.address];
      await refused(world, topUp(1n, world.registrar), "RewardPoolNotOperator", args, async () => topUp(1n));
    });

    it("reverts for no units", async () => {
      const { world, topUp } = await fixture();
      await refused(world, topUp(0n), "RewardPoolTooManyUnits", [MAX_UNITS, TOTAL], async () => topUp(1n));
    });

    it("reverts for more units than are counted", async () => {
      const { world, topUp } = await fixture({ share: 1n });
      const attempt = topUp(MAX_UNITS - TOTAL + 1n);
      await refused(world, attempt, "RewardPoolTooManyUnits", [MAX_UNITS, MAX_UNITS + 1n], async () =>
        topUp(MAX_UNITS - TOTAL),
      );
    });

    it("reverts for units that would be more than the whole profit", async () => {
      const { world, topUp } = await fixture();
      const attempt = topUp(WHOLE - TOTAL + 1n);
      const args = [10n ** 18n / (WHOLE + 1n), SHARE];
      await refused(world, attempt, "RewardPoolShareTooLarge", args, async () => topUp(WHOLE - TOTAL));
    });

    it("adds units to the pool", async () => {
      const { world, poolId, topUp } = await fixture();
      await topUp(5n);
      await topUp(7n);
      expect(await world.pool.balanceOf(world.poolAddress, poolId)).to.equal(TOTAL + 12n);
      const pool = await world.pool.poolOf(poolId);
      expect([pool.totalUnits, pool.availableUnits]).to.deep.equal([TOTAL + 12n, TOTAL + 12n]);
    });

    it("tells of the units", async () => {
      const { world, poolId, topUp } = await fixture();
      await expect(topUp(5n))
        .to.emit(world.pool, "ToppedUp")
        .withArgs(poolId, 5n, TOTAL + 5n)
        .and.to.emit(world.pool, "TransferSingle")
        .withArgs(world.operator.address, ZeroAddress, world.poolAddress, poolId, 5n);
    });
  });
});
