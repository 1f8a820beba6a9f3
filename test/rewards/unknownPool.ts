import { id } from "ethers";

import { ANY_POOL_CALLS, OPEN_POOL_CALLS } from "../helpers/rewardCalls.js";
import { loadWorld, refused } from "../helpers/rewards.js";

describe("RewardPool", () => {
  describe("a pool that never was", () => {
    for (const { name, call } of [...OPEN_POOL_CALLS, ...ANY_POOL_CALLS]) {
      it(`is refused by ${name}`, async () => {
        const world = await loadWorld();
        const poolId = id("a pool that never was");
        await refused(world, call(world, poolId), "RewardPoolUnknown", [poolId]);
      });
    }
  });
});
