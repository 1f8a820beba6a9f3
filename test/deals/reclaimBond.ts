import { expect } from "chai";
import { id } from "ethers";

import {
  at,
  dealOf,
  idOf,
  loadWorld,
  lodge,
  lodgePromotion,
  moved,
  offerOf,
  openOffer,
  PROMOTION_ONLY,
  R,
  refused,
  settleWithEvidence,
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("reclaimBond", () => {
    async function fixture() {
      const world = await loadWorld();
      const offer = offerOf(world);
      await openOffer(world, offer);
      const byMerchant = world.deals.connect(world.merchant.runner);
      const byStranger = world.deals.connect(world.stranger.runner);
      return {
        world,
        offer,
        offerId: idOf("Offer", offer),
        byMerchant,
        honest: async () => byStranger.reclaimBond(offer),
      };
    }

    describe("when the offer still runs", () => {
      it("reverts", async () => {
        const { world, offer, offerId, byMerchant, honest } = await fixture();
        const now = world.start + 100_000n;
        await at(now);
        const args = [offerId, world.moment, now];
        await refused(world, byMerchant.reclaimBond(offer), "DealsOfferRunning", args, async () => {
          await byMerchant.cancelOffer(offer);
          await honest();
        });
      });

      it("reverts one second before the rebate moment", async () => {
        const { world, offerId, honest } = await fixture();
        await at(world.moment - 1n);
        const args = [offerId, world.moment, world.moment - 1n];
        await refused(world, honest(), "DealsOfferRunning", args, async () => {
          await at(world.moment);
          await honest();
        });
      });
    });

    describe("when the offer is over", () => {
      for (const [when, seconds] of [
        ["at the rebate moment", 0n],
        ["one second after the rebate moment", 1n],
      ] as const) {
        it(`returns the bond to the merchant ${when}, whoever calls`, async () => {
          const { world, honest } = await fixture();
          await at(world.moment + seconds);
          expect(await moved(world, honest())).to.deep.equal([-3n * R, 3n * R, 0n, 0n]);
        });
      }

      it("returns it once the offer is cancelled", async () => {
        const { world, offer, offerId, byMerchant, honest } = await fixture();
        await byMerchant.cancelOffer(offer);
        await expect(honest())
          .to.emit(world.deals, "BondReclaimed")
          .withArgs(offerId, offer.merchant, 3n, 3n * R);
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([0n, 0n, true, true]);
      });

      it("returns it once the merchant's counter went on", async () => {
        const { world, offerId, byMerchant, honest } = await fixture();
        await byMerchant.increaseCounter();
        expect(await moved(world, honest())).to.deep.equal([-3n * R, 3n * R, 0n, 0n]);
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([0n, 0n, true, false]);
      });
    });

    describe("when uses were taken", () => {
      it("leaves what is reserved for a settled deal", async () => {
        const { world, offer, offerId, byMerchant, honest } = await fixture();
        await settleWithEvidence(world, offer, dealOf(world, offer));
        await byMerchant.cancelOffer(offer);
        expect(await moved(world, honest())).to.deep.equal([-2n * R, 2n * R, 0n, 0n]);
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([1n, 0n, true, true]);
      });

      it("leaves what is reserved for a lodged deal", async () => {
        const { world, offer, byMerchant, honest } = await fixture();
        await lodge(world, offer, dealOf(world, offer));
        await byMerchant.cancelOffer(offer);
        expect(await moved(world, honest())).to.deep.equal([-2n * R, 2n * R, 0n, 0n]);
      });

      it("leaves what is reserved for a promotion", async () => {
        const { world, byMerchant } = await fixture();
        const offer = offerOf(world, { rebateRule: PROMOTION_ONLY });
        await openOffer(world, offer);
        await lodgePromotion(world, offer);
        await byMerchant.cancelOffer(offer);
        expect(await moved(world, byMerchant.reclaimBond(offer))).to.deep.equal([-2n * R, 2n * R, 0n, 0n]);
      });
    });

    describe("when nothing is left", () => {
      it("reverts for an offer never opened", async () => {
        const { world, offer, honest } = await fixture();
        const unknown = { ...offer, salt: id("unknown") };
        await at(world.moment);
        const attempt = world.deals.reclaimBond(unknown);
        await refused(world, attempt, "DealsNoBond", [idOf("Offer", unknown)], honest);
      });

      it("reverts the second time", async () => {
        const { world, offer, offerId, byMerchant, honest } = await fixture();
        const other = { ...offer, salt: id("another") };
        await openOffer(world, other);
        await at(world.moment);
        await honest();
        await refused(world, honest(), "DealsNoBond", [offerId], async () => byMerchant.reclaimBond(other));
      });

      it("reverts for the same offer with another merchant's name on it", async () => {
        const { world, offer, honest } = await fixture();
        const forged = { ...offer, merchant: world.stranger.address };
        await at(world.moment);
        const attempt = world.deals.connect(world.stranger.runner).reclaimBond(forged);
        await refused(world, attempt, "DealsNoBond", [idOf("Offer", forged)], honest);
      });
    });
  });
});
