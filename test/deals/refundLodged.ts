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
  moved,
  offerOf,
  openOffer,
  Q2,
  R,
  referralIdOf,
  refused,
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("refundLodged", () => {
    async function fixture(opened = false) {
      const world = await loadWorld();
      const offer = offerOf(world);
      const deal = dealOf(world, offer);
      if (opened) await openOffer(world, offer);
      await lodge(world, offer, deal);
      const byStranger = world.deals.connect(world.stranger.runner);
      return {
        world,
        offer,
        deal,
        referralId: referralIdOf(deal),
        honest: async () => byStranger.refundLodged(deal),
      };
    }

    describe("given the time", () => {
      it("reverts one second before the rebate moment", async () => {
        const { world, deal, honest } = await fixture();
        await at(world.moment - 1n);
        const args = [world.moment, world.moment - 1n];
        await refused(world, honest(), "DealsTooEarly", args, async () => countersign(world, deal));
      });

      for (const [when, seconds] of [
        ["at the rebate moment", 0n],
        ["one second after the rebate moment", 1n],
      ] as const) {
        it(`gives the whole price back to the buyer ${when}, whoever calls`, async () => {
          const { world, honest } = await fixture();
          await at(world.moment + seconds);
          expect(await moved(world, honest())).to.deep.equal([-Q2, 0n, 0n, Q2]);
        });
      }
    });

    describe("when the deal is not lodged", () => {
      it("reverts for a deal unknown", async () => {
        const { world, honest } = await fixture();
        const deal = dealOf(world, offerOf(world, { salt: id("another offer") }));
        await at(world.moment);
        const args = [referralIdOf(deal), DealState.LODGED, DealState.NONE];
        await refused(world, world.deals.refundLodged(deal), "DealsWrongState", args, honest);
      });

      it("reverts for a deal countersigned", async () => {
        const { world, deal, referralId, honest } = await fixture();
        await countersign(world, deal);
        await at(world.moment);
        const args = [referralId, DealState.LODGED, DealState.SETTLED];
        await refused(world, honest(), "DealsWrongState", args, async () => world.deals.payRebate(deal));
      });

      it("reverts the second time", async () => {
        const { world, offer, deal, referralId, honest } = await fixture(true);
        await at(world.moment);
        await honest();
        const args = [referralId, DealState.LODGED, DealState.DEFAULTED];
        const another = async () => world.deals.payBondedRebate(offer, deal.buyer);
        await refused(world, honest(), "DealsWrongState", args, another);
      });

      it("reverts for another deal on the same terms", async () => {
        const { world, deal, referralId, honest } = await fixture();
        await at(world.moment);
        const other = { ...deal, amount: Q2 * 2n };
        const args = [referralId, idOf("ReferredSale", other)];
        await refused(world, world.deals.refundLodged(other), "DealsOtherDeal", args, honest);
      });
    });

    it("records the default and tells of it", async () => {
      const { world, deal, referralId, honest } = await fixture();
      await at(world.moment);
      await expect(honest()).to.emit(world.deals, "DealDefaulted").withArgs(referralId, deal.merchant, deal.buyer, Q2);
      const status = await world.deals.referralStatusOf(referralId);
      expect(status).to.deep.equal([DealState.DEFAULTED, false, Funding.NONE, false]);
    });

    it("leaves the bond's rebate to the customer", async () => {
      const { world, offer, deal, referralId, honest } = await fixture(true);
      await at(world.moment);
      await honest();
      const status = await world.deals.referralStatusOf(referralId);
      expect(status).to.deep.equal([DealState.DEFAULTED, false, Funding.BOND, false]);
      const paying = world.deals.payBondedRebate(offer, deal.buyer);
      expect(await moved(world, paying)).to.deep.equal([-R, 0n, R, 0n]);
    });

    it("comes after the rebate as well as before it", async () => {
      const { world, offer, deal, referralId, honest } = await fixture(true);
      await at(world.moment);
      await world.deals.payBondedRebate(offer, deal.buyer);
      expect(await moved(world, honest())).to.deep.equal([-Q2, 0n, 0n, Q2]);
      const status = await world.deals.referralStatusOf(referralId);
      expect(status).to.deep.equal([DealState.DEFAULTED, false, Funding.BOND, true]);
    });

    it("moves nothing for a deal that is free, and records the default", async () => {
      const { world } = await fixture();
      const offer = offerOf(world, { policy: 0n, discount: 0n, free: true });
      const deal = dealOf(world, offer);
      await openOffer(world, offer);
      await lodge(world, offer, deal);
      await at(world.moment);
      const refunding = world.deals.refundLodged(deal);
      expect(await moved(world, refunding)).to.deep.equal([0n, 0n, 0n, 0n]);
      // Some tokens refuse a transfer of nothing.
      await expect(refunding).not.to.emit(world.token, "Transfer");
      expect((await world.deals.referralStatusOf(referralIdOf(deal))).state).to.equal(DealState.DEFAULTED);
    });
  });
});
