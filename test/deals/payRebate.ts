import { expect } from "chai";
import { id } from "ethers";

import {
  at,
  countersign,
  dealOf,
  DealState,
  Funding,
  idOf,
  loadWorld,
  lodge,
  lodgePromise,
  moved,
  offerOf,
  openOffer,
  promiseOf,
  Q2,
  R,
  referralIdOf,
  refused,
  settle,
  settleWithEvidence,
  time,
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  // Invariant D4.
  describe("payRebate", () => {
    async function fixture(promised = true) {
      const world = await loadWorld();
      const offer = offerOf(world);
      const deal = dealOf(world, offer);
      await settle(world, deal);
      if (promised) await lodgePromise(world, promiseOf(offer));
      const byStranger = world.deals.connect(world.stranger.runner);
      return {
        world,
        offer,
        deal,
        referralId: referralIdOf(deal),
        honest: async () => byStranger.payRebate(deal),
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
        ["years later", 10n ** 9n],
      ] as const) {
        it(`pays ${when}, whoever calls`, async () => {
          const { world, honest } = await fixture();
          await at(world.moment + seconds);
          expect(await moved(world, honest())).to.deep.equal([-R, 0n, R, 0n]);
        });
      }
    });

    describe("when no deal settled", () => {
      it("reverts for a deal unknown", async () => {
        const { world, honest } = await fixture();
        const deal = dealOf(world, offerOf(world, { salt: id("another offer") }));
        await at(world.moment);
        const args = [referralIdOf(deal), DealState.SETTLED, DealState.NONE];
        await refused(world, world.deals.payRebate(deal), "DealsWrongState", args, honest);
      });

      it("reverts for a promise alone", async () => {
        const { world, honest } = await fixture();
        const offer = offerOf(world, { salt: id("another offer") });
        const deal = dealOf(world, offer);
        await lodgePromise(world, promiseOf(offer));
        await at(world.moment);
        const args = [referralIdOf(deal), DealState.SETTLED, DealState.NONE];
        await refused(world, world.deals.payRebate(deal), "DealsWrongState", args, honest);
      });

      it("reverts for a deal lodged", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { salt: id("another offer") });
        const deal = dealOf(world, offer);
        await lodge(world, offer, deal);
        await at(world.moment);
        const args = [referralIdOf(deal), DealState.SETTLED, DealState.LODGED];
        const honest = async () => world.deals.refundLodged(deal);
        await refused(world, world.deals.payRebate(deal), "DealsWrongState", args, honest);
      });

      it("reverts for a deal in default without a bond", async () => {
        const { world, honest } = await fixture();
        const offer = offerOf(world, { salt: id("another offer") });
        const deal = dealOf(world, offer);
        await lodge(world, offer, deal);
        await at(world.moment);
        await world.deals.refundLodged(deal);
        const args = [referralIdOf(deal), DealState.SETTLED, DealState.DEFAULTED];
        await refused(world, world.deals.payRebate(deal), "DealsWrongState", args, honest);
      });
    });

    it("reverts for another deal on the same terms", async () => {
      const { world, deal, referralId, honest } = await fixture();
      const other = { ...deal, token: world.stranger.address };
      await at(world.moment);
      const args = [referralId, idOf("ReferredSale", other)];
      await refused(world, world.deals.payRebate(other), "DealsOtherDeal", args, honest);
    });

    it("reverts for a rebate that is in the bond", async () => {
      const { world } = await fixture();
      const offer = offerOf(world, { salt: id("bonded") });
      const deal = dealOf(world, offer);
      await openOffer(world, offer);
      await settleWithEvidence(world, offer, deal);
      await at(world.moment);
      const args = [referralIdOf(deal), Funding.HELD, Funding.BOND];
      const honest = async () => world.deals.payBondedRebate(offer, deal.buyer);
      await refused(world, world.deals.payRebate(deal), "DealsNothingHeld", args, honest);
    });

    describe("when the rebate was closed before", () => {
      for (const [what, promised] of [
        ["paid", true],
        ["returned", false],
      ] as const) {
        it(`reverts when it was ${what}`, async () => {
          const { world, deal, referralId, honest } = await fixture(promised);
          await at(world.moment);
          await honest();
          const another = async () => world.deals.recordReferredSale(deal);
          await refused(world, honest(), "DealsRebateClosed", [referralId], another);
        });
      }
    });

    describe("when the promise was in time", () => {
      it("pays the customer and tells of it", async () => {
        const { world, deal, referralId, honest } = await fixture();
        await at(world.moment);
        await expect(honest())
          .to.emit(world.deals, "RebatePaid")
          .withArgs(referralId, deal.customer, deal.merchant, deal.token, R);
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.SETTLED, true, Funding.HELD, true]);
      });

      it("pays what was held back from the escrow of a lodged deal", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { salt: id("another offer") });
        const deal = dealOf(world, offer);
        await lodge(world, offer, deal);
        await lodgePromise(world, promiseOf(offer));
        await countersign(world, deal);
        await at(world.moment);
        expect(await moved(world, world.deals.payRebate(deal))).to.deep.equal([-R, 0n, R, 0n]);
      });

      it("pays a rebate of the whole price", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { rebate: Q2 });
        const deal = dealOf(world, offer);
        await settle(world, deal);
        await lodgePromise(world, promiseOf(offer));
        await at(world.moment);
        expect(await moved(world, world.deals.payRebate(deal))).to.deep.equal([-Q2, 0n, Q2, 0n]);
      });
    });

    describe("when no promise was lodged in time", () => {
      it("returns the rebate to the merchant and tells of it", async () => {
        const { world, deal, referralId, honest } = await fixture(false);
        await at(world.moment);
        const transaction = honest();
        await expect(transaction)
          .to.emit(world.deals, "RebateReturned")
          .withArgs(referralId, deal.customer, deal.merchant, deal.token, R);
        expect(await moved(world, transaction)).to.deep.equal([-R, R, 0n, 0n]);
      });

      it("returns it when the promise was of another rebate", async () => {
        const { world, offer, honest } = await fixture(false);
        await lodgePromise(world, promiseOf(offer, { rebate: R - 1n }));
        await at(world.moment);
        expect(await moved(world, honest())).to.deep.equal([-R, R, 0n, 0n]);
      });
    });

    it("answers who was paid", async () => {
      const { world, deal } = await fixture();
      await time.increaseTo(world.moment);
      expect(await world.deals.payRebate.staticCall(deal)).to.equal(deal.customer);
    });
  });
});
