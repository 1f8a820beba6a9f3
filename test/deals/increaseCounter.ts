import { expect } from "chai";

import { dealOf, loadWorld, mined, offerOf, refused, settleWithEvidence } from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("increaseCounter", () => {
    it("goes up by one and tells of it", async () => {
      const world = await loadWorld();
      const byMerchant = world.deals.connect(world.merchant.runner);
      for (const counter of [1n, 2n, 3n]) {
        await expect(byMerchant.increaseCounter())
          .to.emit(world.deals, "CounterIncreased")
          .withArgs(world.merchant.address, counter);
        expect(await world.deals.counterOf(world.merchant.address)).to.equal(counter);
      }
    });

    it("leaves the counters of others", async () => {
      const world = await loadWorld();
      await world.deals.connect(world.stranger.runner).increaseCounter();
      expect(await world.deals.counterOf(world.merchant.address)).to.equal(0n);
      expect(await world.deals.counterOf(world.stranger.address)).to.equal(1n);
    });

    it("cancels every offer signed before, and none signed after", async () => {
      const world = await loadWorld();
      const offer = offerOf(world);
      await world.deals.connect(world.merchant.runner).increaseCounter();
      const attempt = settleWithEvidence(world, offer, dealOf(world, offer));
      const after = offerOf(world, { counter: 1n });
      const honest = async () => mined(settleWithEvidence(world, after, dealOf(world, after)));
      await refused(world, attempt, "DealsWrongCounter", [offer.merchant, 1n, 0n], honest);
    });
  });
});
