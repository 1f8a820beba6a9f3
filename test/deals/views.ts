import { expect } from "chai";
import { id } from "ethers";

import {
  at,
  dealOf,
  DealState,
  Funding,
  idOf,
  loadWorld,
  lodge,
  lodgePromise,
  offerOf,
  openOffer,
  paySale,
  promiseOf,
  referralIdOf,
  saleOf,
  SaleState,
  settle,
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("saleStateOf", () => {
    it("is none of what is unknown", async () => {
      const world = await loadWorld();
      expect(await world.deals.saleStateOf(id("unknown"))).to.equal(SaleState.NONE);
    });

    it("follows a sale from escrow to refund and to release", async () => {
      const world = await loadWorld();
      const [first, second] = ["one", "two"].map((salt) => saleOf(world, { salt: id(salt) }));
      for (const sale of [first!, second!]) await paySale(world, sale);
      expect(await world.deals.saleStateOf(idOf("Sale", first!))).to.equal(SaleState.ESCROWED);
      await world.deals.connect(world.merchant.runner).refundSale(first!);
      expect(await world.deals.saleStateOf(idOf("Sale", first!))).to.equal(SaleState.REFUNDED);
      expect(await world.deals.saleStateOf(idOf("Sale", second!))).to.equal(SaleState.ESCROWED);
      await at(second!.refundableUntil);
      await world.deals.releaseSale(second!);
      expect(await world.deals.saleStateOf(idOf("Sale", second!))).to.equal(SaleState.RECORDED);
    });
  });

  describe("offerStatusOf", () => {
    it("is empty of what is unknown", async () => {
      const world = await loadWorld();
      expect(await world.deals.offerStatusOf(id("unknown"))).to.deep.equal([0n, 0n, false, false]);
    });

    it("follows an offer that is opened, used and cancelled", async () => {
      const world = await loadWorld();
      const offer = offerOf(world);
      const status = async () => world.deals.offerStatusOf(idOf("Offer", offer));
      await openOffer(world, offer);
      expect(await status()).to.deep.equal([0n, 3n, true, false]);
      await lodge(world, offer, dealOf(world, offer));
      expect(await status()).to.deep.equal([1n, 2n, true, false]);
      await world.deals.connect(world.merchant.runner).cancelOffer(offer);
      expect(await status()).to.deep.equal([1n, 2n, true, true]);
      await world.deals.reclaimBond(offer);
      expect(await status()).to.deep.equal([1n, 0n, true, true]);
    });
  });

  describe("referralStatusOf", () => {
    it("is empty of what is unknown", async () => {
      const world = await loadWorld();
      const status = await world.deals.referralStatusOf(id("unknown"));
      expect(status).to.deep.equal([DealState.NONE, false, Funding.NONE, false]);
    });

    it("follows a referral from its promise to its rebate", async () => {
      const world = await loadWorld();
      const offer = offerOf(world);
      const deal = dealOf(world, offer);
      const status = async () => world.deals.referralStatusOf(referralIdOf(deal));
      await lodgePromise(world, promiseOf(offer));
      expect(await status()).to.deep.equal([DealState.NONE, true, Funding.NONE, false]);
      await settle(world, deal);
      expect(await status()).to.deep.equal([DealState.SETTLED, true, Funding.HELD, false]);
      await at(world.moment);
      await world.deals.payRebate(deal);
      expect(await status()).to.deep.equal([DealState.SETTLED, true, Funding.HELD, true]);
    });

    it("reads lodged beyond the moment until the refund", async () => {
      const world = await loadWorld();
      const offer = offerOf(world);
      const deal = dealOf(world, offer);
      await lodge(world, offer, deal);
      await at(world.moment);
      await world.deals.connect(world.stranger.runner).increaseCounter();
      expect((await world.deals.referralStatusOf(referralIdOf(deal))).state).to.equal(DealState.LODGED);
      await world.deals.refundLodged(deal);
      expect((await world.deals.referralStatusOf(referralIdOf(deal))).state).to.equal(DealState.DEFAULTED);
    });
  });

  describe("counterOf", () => {
    it("begins at zero and counts", async () => {
      const world = await loadWorld();
      expect(await world.deals.counterOf(world.merchant.address)).to.equal(0n);
      await world.deals.connect(world.merchant.runner).increaseCounter();
      expect(await world.deals.counterOf(world.merchant.address)).to.equal(1n);
    });
  });

  describe("eip712Domain", () => {
    it("names the contract, its version, chain and address", async () => {
      const world = await loadWorld();
      const { name, version, chainId, verifyingContract } = await world.deals.eip712Domain();
      expect({ name, version, chainId, verifyingContract }).to.deep.equal(world.domain);
    });
  });
});
