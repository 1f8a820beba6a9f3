import { expect } from "chai";
import { id } from "ethers";

import {
  anybody,
  at,
  countersign,
  dealDigests,
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
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("countersign", () => {
    async function fixture() {
      const world = await loadWorld();
      const offer = offerOf(world);
      const deal = dealOf(world, offer);
      await lodge(world, offer, deal);
      return {
        world,
        offer,
        deal,
        dealId: idOf("ReferredSale", deal),
        referralId: referralIdOf(deal),
        honest: async () => countersign(world, deal),
      };
    }

    describe("given the time", () => {
      it("settles one second before the rebate moment", async () => {
        const { world, honest } = await fixture();
        await at(world.moment - 1n);
        expect(await moved(world, honest())).to.deep.equal([R - Q2, Q2 - R, 0n, 0n]);
      });

      for (const [when, seconds] of [
        ["at the rebate moment", 0n],
        ["one second after the rebate moment", 1n],
      ] as const) {
        it(`reverts ${when}`, async () => {
          const { world, deal, honest } = await fixture();
          await at(world.moment + seconds);
          const args = [world.moment, world.moment + seconds];
          await refused(world, honest(), "DealsTooLate", args, async () => world.deals.refundLodged(deal));
        });
      }
    });

    describe("when the deal is not lodged", () => {
      it("reverts for a deal unknown", async () => {
        const { world, honest } = await fixture();
        const deal = dealOf(world, offerOf(world, { salt: id("another offer") }));
        const args = [referralIdOf(deal), DealState.LODGED, DealState.NONE];
        await refused(world, countersign(world, deal), "DealsWrongState", args, honest);
      });

      it("reverts for a deal settled directly", async () => {
        const { world, honest } = await fixture();
        const deal = dealOf(world, offerOf(world, { salt: id("another offer") }));
        await settle(world, deal);
        const args = [referralIdOf(deal), DealState.LODGED, DealState.SETTLED];
        await refused(world, countersign(world, deal), "DealsWrongState", args, honest);
      });

      it("reverts the second time", async () => {
        const { world, offer, referralId, honest } = await fixture();
        await honest();
        const args = [referralId, DealState.LODGED, DealState.SETTLED];
        const by = { buyer: world.stranger };
        await world.token.mint(world.stranger.address, Q2);
        await world.token.connect(world.stranger.runner).approve(world.dealsAddress, Q2);
        const another = async () =>
          lodge(world, offer, dealOf(world, offer, { buyer: world.stranger.address }), { by });
        await refused(world, honest(), "DealsWrongState", args, another);
      });

      it("reverts for another deal on the same terms", async () => {
        const { world, deal, referralId, honest } = await fixture();
        const other = { ...deal, itemHash: id("something worse") };
        const args = [referralId, idOf("ReferredSale", other)];
        await refused(world, countersign(world, other), "DealsOtherDeal", args, honest);
      });
    });

    describe("when the merchant did not consent", () => {
      it("reverts for another's signature", async () => {
        const { world, deal, honest } = await fixture();
        const attempt = countersign(world, deal, { by: { merchant: anybody("forger") } });
        const args = [deal.merchant, dealDigests(world, deal).merchant];
        await refused(world, attempt, "DealsWrongSignature", args, honest);
      });

      for (const role of ["relayer", "customer", "buyer"] as const) {
        it(`reverts without a signature for the ${role}`, async () => {
          const { world, deal, honest } = await fixture();
          const attempt = countersign(world, deal, { from: world[role].runner, signatures: { merchant: "0x" } });
          await refused(world, attempt, "DealsNotMerchant", [deal.merchant, world[role].address], honest);
        });
      }
    });

    describe("when the merchant consents", () => {
      it("holds the rebate back from the escrow and tells of the deal", async () => {
        const { world, deal, dealId, referralId, honest } = await fixture();
        await expect(honest())
          .to.emit(world.deals, "DealSettled")
          .withArgs(
            referralId,
            deal.merchant,
            deal.buyer,
            deal.offerId,
            dealId,
            deal.customer,
            deal.token,
            Q2,
            R,
            world.moment,
            Funding.HELD,
          );
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.SETTLED, false, Funding.HELD, false]);
      });

      it("settles without a signature when the merchant is the caller", async () => {
        const { world, deal } = await fixture();
        const countersigning = world.deals.connect(world.merchant.runner).countersign(deal, "0x");
        expect(await moved(world, countersigning)).to.deep.equal([R - Q2, Q2 - R, 0n, 0n]);
      });

      it("settles after the merchant cancelled the offer, which spares what is lodged", async () => {
        const { world, offer, honest } = await fixture();
        await world.deals.connect(world.merchant.runner).cancelOffer(offer);
        await world.deals.connect(world.merchant.runner).increaseCounter();
        expect(await moved(world, honest())).to.deep.equal([R - Q2, Q2 - R, 0n, 0n]);
      });

      it("keeps a promise lodged in between", async () => {
        const { world, offer, referralId, honest } = await fixture();
        await lodgePromise(world, promiseOf(offer));
        await honest();
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.SETTLED, true, Funding.HELD, false]);
      });

      it("pays the whole price where the rebate is reserved in the bond", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { salt: id("bonded") });
        const deal = dealOf(world, offer);
        await openOffer(world, offer);
        await lodge(world, offer, deal);
        expect(await moved(world, countersign(world, deal))).to.deep.equal([-Q2, Q2, 0n, 0n]);
        const status = await world.deals.referralStatusOf(referralIdOf(deal));
        expect(status).to.deep.equal([DealState.SETTLED, false, Funding.BOND, false]);
      });

      it("moves nothing for a deal that is free", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { policy: 0n, discount: 0n, free: true });
        const deal = dealOf(world, offer);
        await openOffer(world, offer);
        await lodge(world, offer, deal);
        expect(await moved(world, countersign(world, deal))).to.deep.equal([0n, 0n, 0n, 0n]);
      });
    });
  });
});
