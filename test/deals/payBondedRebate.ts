import { expect } from "chai";
import { id } from "ethers";

import {
  at,
  countersign,
  dealOf,
  DealState,
  Funding,
  loadWorld,
  lodge,
  lodgePromise,
  lodgePromotion,
  moved,
  offerOf,
  openOffer,
  promiseOf,
  PROMOTION_ONLY,
  Q2,
  R,
  referralOfOffer,
  refused,
  settle,
  settleWithEvidence,
  time,
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  // Invariant D4.
  describe("payBondedRebate", () => {
    /** An opened offer with a settled deal and its promise. */
    async function fixture(promised = true) {
      const world = await loadWorld();
      const offer = offerOf(world);
      const deal = dealOf(world, offer);
      await openOffer(world, offer);
      await settleWithEvidence(world, offer, deal);
      if (promised) await lodgePromise(world, promiseOf(offer));
      const byStranger = world.deals.connect(world.stranger.runner);
      return {
        world,
        offer,
        deal,
        referralId: referralOfOffer(offer, deal.buyer),
        byStranger,
        honest: async () => byStranger.payBondedRebate(offer, deal.buyer),
      };
    }

    describe("given the time", () => {
      it("reverts one second before the rebate moment", async () => {
        const { world, honest } = await fixture();
        await at(world.moment - 1n);
        const args = [world.moment, world.moment - 1n];
        await refused(world, honest(), "DealsTooEarly", args, async () => {
          await at(world.moment);
          await honest();
        });
      });

      for (const [when, seconds] of [
        ["at the rebate moment", 0n],
        ["one second after the rebate moment", 1n],
      ] as const) {
        it(`pays ${when}, whoever calls`, async () => {
          const { world, honest } = await fixture();
          await at(world.moment + seconds);
          expect(await moved(world, honest())).to.deep.equal([-R, 0n, R, 0n]);
        });
      }
    });

    describe("when nothing is reserved", () => {
      it("reverts for a buyer unknown", async () => {
        const { world, offer, byStranger, honest } = await fixture();
        await at(world.moment);
        const args = [referralOfOffer(offer, world.stranger.address), Funding.BOND, Funding.NONE];
        const attempt = byStranger.payBondedRebate(offer, world.stranger.address);
        await refused(world, attempt, "DealsNothingHeld", args, honest);
      });

      it("reverts for an offer with another customer's name on it", async () => {
        const { world, offer, deal, byStranger, honest } = await fixture();
        const forged = { ...offer, customer: world.stranger.address };
        await at(world.moment);
        const args = [referralOfOffer(forged, deal.buyer), Funding.BOND, Funding.NONE];
        const attempt = byStranger.payBondedRebate(forged, deal.buyer);
        await refused(world, attempt, "DealsNothingHeld", args, honest);
      });

      it("reverts for a promise alone", async () => {
        const { world, honest } = await fixture();
        const offer = offerOf(world, { salt: id("another offer") });
        await openOffer(world, offer);
        await lodgePromise(world, promiseOf(offer));
        await at(world.moment);
        const args = [referralOfOffer(offer, world.buyer.address), Funding.BOND, Funding.NONE];
        const attempt = world.deals.payBondedRebate(offer, world.buyer.address);
        await refused(world, attempt, "DealsNothingHeld", args, honest);
      });

      it("reverts for a rebate that is held back from the price", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { salt: id("another offer") });
        const deal = dealOf(world, offer);
        await openOffer(world, offer);
        await settle(world, deal);
        await at(world.moment);
        const args = [referralOfOffer(offer, deal.buyer), Funding.BOND, Funding.HELD];
        const attempt = world.deals.payBondedRebate(offer, deal.buyer);
        await refused(world, attempt, "DealsNothingHeld", args, async () => world.deals.payRebate(deal));
      });

      it("reverts for a default without a bond", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { salt: id("another offer") });
        const deal = dealOf(world, offer);
        await lodge(world, offer, deal);
        await at(world.moment);
        const args = [referralOfOffer(offer, deal.buyer), Funding.BOND, Funding.NONE];
        const attempt = world.deals.payBondedRebate(offer, deal.buyer);
        await refused(world, attempt, "DealsNothingHeld", args, async () => world.deals.refundLodged(deal));
      });
    });

    it("reverts the second time", async () => {
      const { world, offer, referralId, byStranger, honest } = await fixture();
      await at(world.moment);
      await honest();
      const another = async () => byStranger.reclaimBond(offer);
      await refused(world, honest(), "DealsRebateClosed", [referralId], another);
    });

    describe("when a deal settled", () => {
      it("pays the customer whose promise was in time, and tells of it", async () => {
        const { world, offer, referralId, honest } = await fixture();
        await at(world.moment);
        await expect(honest())
          .to.emit(world.deals, "RebatePaid")
          .withArgs(referralId, offer.customer, offer.merchant, offer.token, R);
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.SETTLED, true, Funding.BOND, true]);
      });

      it("returns it to the merchant without a promise, and tells of it", async () => {
        const { world, offer, referralId, honest } = await fixture(false);
        await at(world.moment);
        const transaction = honest();
        await expect(transaction)
          .to.emit(world.deals, "RebateReturned")
          .withArgs(referralId, offer.customer, offer.merchant, offer.token, R);
        expect(await moved(world, transaction)).to.deep.equal([-R, R, 0n, 0n]);
      });
    });

    describe("when a deal was lodged", () => {
      async function lodged(salt: string) {
        const { world } = await fixture();
        const offer = offerOf(world, { salt: id(salt) });
        const deal = dealOf(world, offer);
        await openOffer(world, offer);
        await lodge(world, offer, deal);
        const paying = async () => world.deals.payBondedRebate(offer, deal.buyer);
        return { world, offer, deal, paying };
      }

      it("pays the customer for the merchant's silence, without a promise and before the refund", async () => {
        const { world, paying } = await lodged("silent");
        await at(world.moment);
        expect(await moved(world, paying())).to.deep.equal([-R, 0n, R, 0n]);
      });

      it("pays the customer after the refund", async () => {
        const { world, deal, paying } = await lodged("silent");
        await at(world.moment);
        await world.deals.refundLodged(deal);
        expect(await moved(world, paying())).to.deep.equal([-R, 0n, R, 0n]);
      });

      it("returns it to the merchant who countersigned, without a promise", async () => {
        const { world, deal, paying } = await lodged("countersigned");
        await countersign(world, deal);
        await at(world.moment);
        expect(await moved(world, paying())).to.deep.equal([-R, R, 0n, 0n]);
      });

      it("pays the customer of a countersigned deal with a promise", async () => {
        const { world, offer, deal, paying } = await lodged("countersigned");
        await countersign(world, deal);
        await lodgePromise(world, promiseOf(offer));
        await at(world.moment);
        expect(await moved(world, paying())).to.deep.equal([-R, 0n, R, 0n]);
      });
    });

    describe("when only a promotion was lodged", () => {
      it("pays the customer without any deal", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { rebateRule: PROMOTION_ONLY });
        await openOffer(world, offer);
        await lodgePromotion(world, offer);
        await at(world.moment);
        const paying = world.deals.payBondedRebate(offer, world.buyer.address);
        expect(await moved(world, paying)).to.deep.equal([-R, 0n, R, 0n]);
      });

      it("pays it although the offer was cancelled since", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { rebateRule: PROMOTION_ONLY });
        const byMerchant = world.deals.connect(world.merchant.runner);
        await openOffer(world, offer);
        await lodgePromotion(world, offer);
        await byMerchant.cancelOffer(offer);
        await byMerchant.reclaimBond(offer);
        await at(world.moment);
        const paying = world.deals.payBondedRebate(offer, world.buyer.address);
        expect(await moved(world, paying)).to.deep.equal([-R, 0n, R, 0n]);
      });
    });

    it("pays a rebate above the price", async () => {
      const { world } = await fixture();
      const offer = offerOf(world, { rebate: 2n * Q2 });
      const deal = dealOf(world, offer);
      await openOffer(world, offer);
      await settleWithEvidence(world, offer, deal);
      await lodgePromise(world, promiseOf(offer));
      await at(world.moment);
      const paying = world.deals.payBondedRebate(offer, deal.buyer);
      expect(await moved(world, paying)).to.deep.equal([-2n * Q2, 0n, 2n * Q2, 0n]);
    });

    it("answers who was paid", async () => {
      const { world, offer, deal } = await fixture(false);
      await time.increaseTo(world.moment);
      expect(await world.deals.payBondedRebate.staticCall(offer, deal.buyer)).to.equal(offer.merchant);
    });
  });
});
