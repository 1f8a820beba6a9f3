import { expect } from "chai";
import { id } from "ethers";

import {
  anybody,
  at,
  dealOf,
  DealState,
  Funding,
  idOf,
  loadWorld,
  lodge,
  lodgePromise,
  lodgePromotion,
  offerOf,
  openOffer,
  promiseDigests,
  promiseOf,
  PROMOTION_ONLY,
  R,
  referralOfOffer,
  refused,
  settle,
  settleWithEvidence,
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("lodgePromotion", () => {
    async function fixture() {
      const world = await loadWorld();
      const offer = offerOf(world, { rebateRule: PROMOTION_ONLY });
      await openOffer(world, offer);
      return {
        world,
        offer,
        offerId: idOf("Offer", offer),
        referralId: referralOfOffer(offer, world.buyer.address),
        digests: promiseDigests(world, promiseOf(offer), world.buyer.address),
        byMerchant: world.deals.connect(world.merchant.runner),
        honest: async () => lodgePromotion(world, offer),
      };
    }

    it("reverts for an offer whose rule needs a deal", async () => {
      const { world, honest } = await fixture();
      const offer = offerOf(world);
      await openOffer(world, offer);
      const attempt = lodgePromotion(world, offer);
      await refused(world, attempt, "DealsNotPromotionOnly", [idOf("Offer", offer)], honest);
    });

    describe("given the time", () => {
      it("lodges one second before the rebate moment", async () => {
        const { world, referralId, honest } = await fixture();
        await at(world.moment - 1n);
        await honest();
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.NONE, true, Funding.BOND, false]);
      });

      for (const [when, seconds] of [
        ["at the rebate moment", 0n],
        ["one second after the rebate moment", 1n],
      ] as const) {
        it(`reverts ${when}`, async () => {
          const { world, offer, byMerchant, honest } = await fixture();
          await at(world.moment + seconds);
          const args = [world.moment, world.moment + seconds];
          await refused(world, honest(), "DealsTooLate", args, async () => byMerchant.reclaimBond(offer));
        });
      }
    });

    it("reverts for a buyer who is the customer", async () => {
      const { world, offer, honest } = await fixture();
      const attempt = lodgePromotion(world, offer, { by: { buyer: world.customer } });
      const args = [offer.merchant, offer.customer, offer.customer];
      await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
    });

    it("reverts for a rebate of zero", async () => {
      const { world, offer, honest } = await fixture();
      await refused(world, lodgePromotion(world, { ...offer, rebate: 0n }), "DealsZeroRebate", [], honest);
    });

    describe("when a signature is wrong", () => {
      for (const role of ["merchant", "buyer", "customer"] as const) {
        it(`reverts for another's in place of the ${role}'s`, async () => {
          const { world, offer, digests, honest } = await fixture();
          const attempt = lodgePromotion(world, offer, {
            signatures: { [role]: anybody("forger").sign(digests[role]) },
          });
          await refused(world, attempt, "DealsWrongSignature", [world[role].address, digests[role]], honest);
        });
      }
    });

    describe("when the offer has no bond", () => {
      it("reverts for an offer never opened", async () => {
        const { world, offer, honest } = await fixture();
        const unopened = { ...offer, salt: id("unopened") };
        const attempt = lodgePromotion(world, unopened);
        await refused(world, attempt, "DealsBondRequired", [idOf("Offer", unopened)], honest);
      });

      it("reverts for more promotions than uses", async () => {
        const { world, honest } = await fixture();
        const offer = offerOf(world, { rebateRule: PROMOTION_ONLY, maxUses: 1n });
        await openOffer(world, offer);
        await lodgePromotion(world, offer);
        const attempt = lodgePromotion(world, offer, { by: { buyer: world.stranger } });
        await refused(world, attempt, "DealsUsesExhausted", [idOf("Offer", offer), 1n], honest);
      });
    });

    describe("when the offer does not run", () => {
      it("reverts when it was cancelled", async () => {
        const { world, offer, offerId, byMerchant, honest } = await fixture();
        await byMerchant.cancelOffer(offer);
        await refused(world, honest(), "DealsOfferCancelled", [offerId], async () => byMerchant.reclaimBond(offer));
      });

      it("reverts when the merchant's counter went on", async () => {
        const { world, offer, byMerchant, honest } = await fixture();
        await byMerchant.increaseCounter();
        await refused(world, honest(), "DealsWrongCounter", [offer.merchant, 1n, 0n], async () =>
          byMerchant.reclaimBond(offer),
        );
      });
    });

    describe("when the promise was lodged before", () => {
      it("reverts when the rebate is reserved", async () => {
        const { world, offer, referralId, honest } = await fixture();
        await honest();
        const another = async () => lodgePromotion(world, offer, { by: { buyer: world.stranger } });
        await refused(world, honest(), "DealsPromiseLodged", [referralId], another);
      });

      it("reserves the rebate when the promise alone was lodged", async () => {
        const { world, offer, offerId, referralId, honest } = await fixture();
        await lodgePromise(world, promiseOf(offer));
        await honest();
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.NONE, true, Funding.BOND, false]);
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([1n, 2n, true, false]);
      });
    });

    describe("when a deal came first", () => {
      it("takes no use for a deal that holds its rebate", async () => {
        const { world, offer, offerId, referralId, honest } = await fixture();
        await settle(world, dealOf(world, offer));
        await honest();
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.SETTLED, true, Funding.HELD, false]);
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([0n, 3n, true, false]);
      });

      it("takes no second use for a deal with evidence", async () => {
        const { world, offer, offerId, referralId, honest } = await fixture();
        await settleWithEvidence(world, offer, dealOf(world, offer));
        await honest();
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.SETTLED, true, Funding.BOND, false]);
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([1n, 2n, true, false]);
      });

      it("takes no second use for a deal lodged", async () => {
        const { world, offer, offerId, referralId, honest } = await fixture();
        await lodge(world, offer, dealOf(world, offer));
        await honest();
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.LODGED, true, Funding.BOND, false]);
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([1n, 2n, true, false]);
      });
    });

    it("counts the use, reserves the rebate and tells of it", async () => {
      const { world, offer, offerId, referralId, honest } = await fixture();
      await expect(honest())
        .to.emit(world.deals, "PromiseLodged")
        .withArgs(
          referralId,
          offer.customer,
          world.buyer.address,
          offerId,
          offer.merchant,
          R,
          world.moment,
          Funding.BOND,
        );
      expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([1n, 2n, true, false]);
    });
  });
});
