import { expect } from "chai";
import { id } from "ethers";

import { idOf, loadWorld, offerOf, openOffer, refused } from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("cancelOffer", () => {
    async function fixture() {
      const world = await loadWorld();
      const offer = offerOf(world);
      const byMerchant = world.deals.connect(world.merchant.runner);
      return {
        world,
        offer,
        offerId: idOf("Offer", offer),
        byMerchant,
        honest: async () => byMerchant.cancelOffer(offer),
      };
    }

    describe("when somebody else than the merchant calls", () => {
      it("reverts for the customer", async () => {
        const { world, offer, honest } = await fixture();
        const attempt = world.deals.connect(world.customer.runner).cancelOffer(offer);
        await refused(world, attempt, "DealsNotMerchant", [offer.merchant, world.customer.address], honest);
      });

      it("cancels another offer when a stranger names itself the merchant", async () => {
        const { world, offer, offerId } = await fixture();
        const forged = { ...offer, merchant: world.stranger.address };
        await world.deals.connect(world.stranger.runner).cancelOffer(forged);
        expect((await world.deals.offerStatusOf(idOf("Offer", forged))).cancelled).to.equal(true);
        expect((await world.deals.offerStatusOf(offerId)).cancelled).to.equal(false);
      });
    });

    it("reverts the second time", async () => {
      const { world, offer, offerId, byMerchant, honest } = await fixture();
      await honest();
      const another = async () => byMerchant.cancelOffer({ ...offer, salt: id("another") });
      await refused(world, honest(), "DealsOfferCancelled", [offerId], another);
    });

    it("cancels an offer that never came to the chain", async () => {
      const { world, offer, offerId, honest } = await fixture();
      await expect(honest()).to.emit(world.deals, "OfferCancelled").withArgs(offerId, offer.merchant);
      expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([0n, 0n, false, true]);
    });

    it("cancels an open offer and leaves its bond to be reclaimed", async () => {
      const { world, offer, offerId, honest } = await fixture();
      await openOffer(world, offer);
      await honest();
      expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([0n, 3n, true, true]);
    });
  });
});
