import { expect } from "chai";
import { id } from "ethers";

import {
  at,
  dealOf,
  DealState,
  idOf,
  loadWorld,
  lodge,
  mined,
  offerOf,
  openOffer,
  Q2,
  R,
  referralIdOf,
  refused,
  SaleState,
  settle,
  settleWithEvidence,
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("recordReferredSale", () => {
    async function fixture() {
      const world = await loadWorld();
      const offer = offerOf(world);
      const deal = dealOf(world, offer);
      return { world, offer, deal, dealId: idOf("ReferredSale", deal), referralId: referralIdOf(deal) };
    }

    describe("when the deal did not settle", () => {
      it("reverts for a deal unknown", async () => {
        const { world, deal, referralId } = await fixture();
        const args = [referralId, DealState.SETTLED, DealState.NONE];
        const honest = async () => settle(world, deal);
        await refused(world, world.deals.recordReferredSale(deal), "DealsWrongState", args, honest);
      });

      it("reverts for a deal lodged", async () => {
        const { world, offer, deal, referralId } = await fixture();
        await lodge(world, offer, deal);
        const args = [referralId, DealState.SETTLED, DealState.LODGED];
        const honest = async () => world.deals.connect(world.merchant.runner).countersign(deal, "0x");
        await refused(world, world.deals.recordReferredSale(deal), "DealsWrongState", args, honest);
      });

      it("reverts for a deal in default", async () => {
        const { world, offer, deal, referralId } = await fixture();
        await lodge(world, offer, deal);
        await at(world.moment);
        await world.deals.refundLodged(deal);
        const args = [referralId, DealState.SETTLED, DealState.DEFAULTED];
        await refused(world, world.deals.recordReferredSale(deal), "DealsWrongState", args, () => Promise.resolve());
      });

      it("reverts for another deal of the same referral", async () => {
        const { world, deal, referralId } = await fixture();
        await settle(world, deal);
        const other = { ...deal, amount: deal.amount + 1n };
        const args = [referralId, idOf("ReferredSale", other)];
        const honest = async () => world.deals.recordReferredSale(deal);
        await refused(world, world.deals.recordReferredSale(other), "DealsOtherDeal", args, honest);
      });
    });

    it("reverts for a deal that was free", async () => {
      const { world } = await fixture();
      const offer = offerOf(world, { policy: 0n, discount: 0n, free: true });
      const deal = dealOf(world, offer);
      await openOffer(world, offer);
      await settleWithEvidence(world, offer, deal);
      const paid = dealOf(world);
      const honest = async () => {
        await settle(world, paid);
        await world.deals.recordReferredSale(paid);
      };
      await refused(world, world.deals.recordReferredSale(deal), "DealsZeroAmount", [], honest);
    });

    it("reverts the second time", async () => {
      const { world, deal, dealId } = await fixture();
      await settle(world, deal);
      await world.deals.recordReferredSale(deal);
      const args = [dealId, SaleState.NONE, SaleState.RECORDED];
      const attempt = world.deals.recordReferredSale(deal);
      const other = dealOf(world, offerOf(world, { salt: id("another offer") }));
      await refused(world, attempt, "DealsWrongSaleState", args, async () => settle(world, other));
    });

    describe("when the deal settled", () => {
      it("records it as a sale to the buyer", async () => {
        const { world, deal, dealId } = await fixture();
        await settle(world, deal);
        await expect(world.deals.connect(world.stranger.runner).recordReferredSale(deal))
          .to.emit(world.deals, "SaleRecorded")
          .withArgs(dealId, deal.merchant, deal.buyer, deal.token, Q2, 0n, SaleState.RECORDED);
        expect(await world.deals.saleStateOf(dealId)).to.equal(SaleState.RECORDED);
      });

      it("is then the base of the next offer, from the buyer to somebody new", async () => {
        const { world, deal, dealId } = await fixture();
        await settle(world, deal);
        await world.deals.recordReferredSale(deal);

        const next = offerOf(world, { saleId: dealId, customer: deal.buyer, saleAmount: Q2, salt: id("next") });
        const nextDeal = dealOf(world, next, { buyer: world.stranger.address });
        await world.token.mint(world.stranger.address, Q2);
        await world.token.connect(world.stranger.runner).approve(world.dealsAddress, Q2);
        const by = { customer: world.buyer, buyer: world.stranger };
        await mined(settleWithEvidence(world, next, nextDeal, { by }));
        const status = await world.deals.referralStatusOf(referralIdOf(nextDeal));
        expect(status.state).to.equal(DealState.SETTLED);
        expect(nextDeal.amount).to.be.lessThan(Q2);
        expect(nextDeal.rebate).to.equal(R);
      });
    });
  });
});
