import { expect } from "chai";
import { id, ZeroAddress } from "ethers";

import {
  AMOUNT_OFF,
  anybody,
  at,
  dealDigests,
  dealOf,
  DealState,
  FIXED_PRICE,
  Funding,
  idOf,
  loadWorld,
  lodge,
  lodgePromotion,
  moved,
  offerOf,
  openOffer,
  paySale,
  PERCENT_OFF,
  PROMOTION_ONLY,
  Q1,
  Q2,
  R,
  recordSale,
  referralIdOf,
  refused,
  saleOf,
  SaleState,
  settle,
  settleWithEvidence,
  signOffer,
} from "../helpers/deals.js";
import { documentsOf, EVIDENCE_REFUSALS, OFFER_SIGNATURES, offerSignatureArgs } from "../helpers/evidence.js";

describe("ReferralDeals", () => {
  // Invariant D6.
  describe("settleWithEvidence", () => {
    async function fixture() {
      const world = await loadWorld();
      const offer = offerOf(world);
      const deal = dealOf(world, offer);
      return {
        world,
        offer,
        offerId: idOf("Offer", offer),
        deal,
        dealId: idOf("ReferredSale", deal),
        referralId: referralIdOf(deal),
        digests: dealDigests(world, deal),
        honest: async () => settleWithEvidence(world, offer, deal),
      };
    }

    describe("given the time", () => {
      it("settles one second before the rebate moment", async () => {
        const { world, honest } = await fixture();
        await at(world.moment - 1n);
        expect(await moved(world, honest())).to.deep.equal([R, Q2 - R, 0n, -Q2]);
      });

      for (const [when, seconds] of [
        ["at the rebate moment", 0n],
        ["one second after the rebate moment", 1n],
      ] as const) {
        it(`reverts ${when}`, async () => {
          const { world, honest } = await fixture();
          await at(world.moment + seconds);
          const later = offerOf(world, { rebateMoment: world.moment + 1_000n });
          const another = async () => settleWithEvidence(world, later, dealOf(world, later));
          await refused(world, honest(), "DealsTooLate", [world.moment, world.moment + seconds], another);
        });
      }
    });

    describe("when the parties are not three", () => {
      it("reverts for a buyer who is the customer", async () => {
        const { world, offer, deal, honest } = await fixture();
        const by = { buyer: world.customer };
        const attempt = settleWithEvidence(world, offer, { ...deal, buyer: deal.customer }, { by });
        const args = [deal.merchant, deal.customer, deal.customer];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });

      it("reverts for a buyer who is the merchant", async () => {
        const { world, offer, deal, honest } = await fixture();
        const by = { buyer: world.merchant };
        const attempt = settleWithEvidence(world, offer, { ...deal, buyer: deal.merchant }, { by });
        const args = [deal.merchant, deal.customer, deal.merchant];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });

      it("reverts for a buyer of zero", async () => {
        const { world, offer, deal, honest } = await fixture();
        const attempt = settleWithEvidence(world, offer, { ...deal, buyer: ZeroAddress });
        const args = [deal.merchant, deal.customer, ZeroAddress];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });

      it("reverts for an offer whose merchant is its customer", async () => {
        const { world, offer, deal, honest } = await fixture();
        const wrong = { ...offer, customer: offer.merchant };
        const attempt = settleWithEvidence(world, wrong, deal);
        const args = [offer.merchant, offer.merchant, ZeroAddress];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });
    });

    it("reverts for a rebate of zero in the deal", async () => {
      const { world, offer, deal, honest } = await fixture();
      const attempt = settleWithEvidence(world, offer, { ...deal, rebate: 0n });
      await refused(world, attempt, "DealsZeroRebate", [], honest);
    });

    it("reverts for a rebate of zero in the offer", async () => {
      const { world, offer, deal, honest } = await fixture();
      const attempt = settleWithEvidence(world, { ...offer, rebate: 0n }, deal);
      await refused(world, attempt, "DealsZeroRebate", [], honest);
    });

    describe("when the evidence does not hold", () => {
      for (const refusal of EVIDENCE_REFUSALS) {
        it(`reverts for ${refusal.name}`, async () => {
          const { world, honest } = await fixture();
          const { offer, deal } = documentsOf(world, refusal);
          const by = {
            ...(deal.merchant === world.stranger.address ? { merchant: world.stranger } : {}),
            ...(deal.customer === world.stranger.address ? { customer: world.stranger } : {}),
          };
          const attempt = settleWithEvidence(world, signOffer(world, offer), deal, { by });
          await refused(world, attempt, refusal.error, refusal.args(offer, deal, world), honest);
        });
      }

      it("reverts for a base sale in another token", async () => {
        const { world, honest } = await fixture();
        const other = offerOf(world, { token: world.stranger.address, saleId: idOf("Sale", saleOf(world)) });
        const attempt = settleWithEvidence(world, other, dealOf(world, other));
        await refused(world, attempt, "DealsSaleTermsDiffer", [other.saleId], honest);
      });

      it("reverts for a base sale to another customer", async () => {
        const { world, honest } = await fixture();
        const other = offerOf(world, { customer: world.stranger.address, saleId: idOf("Sale", saleOf(world)) });
        const by = { customer: world.stranger };
        const attempt = settleWithEvidence(world, other, dealOf(world, other), { by });
        await refused(world, attempt, "DealsSaleTermsDiffer", [other.saleId], honest);
      });

      it("reverts for a base sale of another merchant", async () => {
        const { world, honest } = await fixture();
        const other = offerOf(world, { merchant: world.stranger.address, saleId: idOf("Sale", saleOf(world)) });
        const by = { merchant: world.stranger };
        const attempt = settleWithEvidence(world, other, dealOf(world, other), { by });
        await refused(world, attempt, "DealsSaleTermsDiffer", [other.saleId], honest);
      });

      it("reverts for a base sale that was refunded", async () => {
        const { world, honest } = await fixture();
        const sale = saleOf(world, { salt: id("refunded") });
        await paySale(world, sale);
        await world.deals.connect(world.merchant.runner).refundSale(sale);
        const offer = offerOf(world, { saleId: idOf("Sale", sale) });
        const attempt = settleWithEvidence(world, offer, dealOf(world, offer));
        const args = [offer.saleId, SaleState.RECORDED, SaleState.REFUNDED];
        await refused(world, attempt, "DealsWrongSaleState", args, honest);
      });

      it("settles on a base sale in escrow", async () => {
        const { world } = await fixture();
        const sale = saleOf(world, { salt: id("escrowed") });
        await paySale(world, sale);
        const offer = offerOf(world, { saleId: idOf("Sale", sale) });
        const settling = settleWithEvidence(world, offer, dealOf(world, offer));
        expect(await moved(world, settling)).to.deep.equal([R, Q2 - R, 0n, -Q2]);
      });
    });

    describe("when a signature of the offer is wrong", () => {
      for (const role of OFFER_SIGNATURES) {
        it(`reverts for another's in place of the ${role}'s`, async () => {
          const { world, offer, deal, honest } = await fixture();
          const forged = anybody("forger").sign(offerSignatureArgs(world, offer, deal.buyer, role)[1]);
          const evidence = { ...signOffer(world, offer), [`${role}Signature`]: forged };
          const args = offerSignatureArgs(world, offer, deal.buyer, role);
          await refused(world, settleWithEvidence(world, evidence, deal), "DealsWrongSignature", args, honest);
        });
      }

      it("reverts for endorsements that name another buyer", async () => {
        const { world, offer, deal, honest } = await fixture();
        const evidence = signOffer(world, offer, { buyer: world.stranger });
        const args = offerSignatureArgs(world, offer, deal.buyer, "customer");
        await refused(world, settleWithEvidence(world, evidence, deal), "DealsWrongSignature", args, honest);
      });
    });

    describe("when a signature of the deal is wrong", () => {
      for (const role of ["customer", "buyer", "merchant"] as const) {
        it(`reverts for another's in place of the ${role}'s`, async () => {
          const { world, offer, deal, digests, honest } = await fixture();
          const signatures = { [role]: anybody("forger").sign(digests[role]) };
          const attempt = settleWithEvidence(world, offer, deal, { signatures });
          await refused(world, attempt, "DealsWrongSignature", [deal[role], digests[role]], honest);
        });
      }
    });

    describe("when the merchant's signature of the deal is empty", () => {
      it("settles when the merchant is the caller", async () => {
        const { world, offer, deal } = await fixture();
        const options = { from: world.merchant.runner, signatures: { merchant: "0x" } };
        const settling = settleWithEvidence(world, offer, deal, options);
        expect(await moved(world, settling)).to.deep.equal([R, Q2 - R, 0n, -Q2]);
      });

      it("reverts for anybody else, whatever the offer's evidence", async () => {
        const { world, offer, deal, honest } = await fixture();
        const attempt = settleWithEvidence(world, offer, deal, { signatures: { merchant: "0x" } });
        await refused(world, attempt, "DealsNotMerchant", [deal.merchant, world.relayer.address], honest);
      });
    });

    describe("when the referral has its deal", () => {
      it("reverts for one settled with evidence", async () => {
        const { world, referralId, honest } = await fixture();
        await honest();
        const args = [referralId, DealState.NONE, DealState.SETTLED];
        const other = offerOf(world, { salt: id("another offer") });
        const another = async () => settleWithEvidence(world, other, dealOf(world, other));
        await refused(world, honest(), "DealsWrongState", args, another);
      });

      it("reverts for one settled directly", async () => {
        const { world, deal, referralId, honest } = await fixture();
        await settle(world, deal);
        const args = [referralId, DealState.NONE, DealState.SETTLED];
        const other = offerOf(world, { salt: id("another offer") });
        const another = async () => settleWithEvidence(world, other, dealOf(world, other));
        await refused(world, honest(), "DealsWrongState", args, another);
      });

      it("reverts for one lodged", async () => {
        const { world, offer, deal, referralId, honest } = await fixture();
        await lodge(world, offer, deal);
        const args = [referralId, DealState.NONE, DealState.LODGED];
        const byMerchant = world.deals.connect(world.merchant.runner);
        await refused(world, honest(), "DealsWrongState", args, async () => byMerchant.countersign(deal, "0x"));
      });
    });

    describe("when the offer does not run", () => {
      it("reverts when it was cancelled, for the merchant too", async () => {
        const { world, offer, deal, offerId } = await fixture();
        await world.deals.connect(world.merchant.runner).cancelOffer(offer);
        const options = { from: world.merchant.runner, signatures: { merchant: "0x" } };
        const attempt = settleWithEvidence(world, offer, deal, options);
        const other = offerOf(world, { salt: id("another offer") });
        const another = async () => settleWithEvidence(world, other, dealOf(world, other));
        await refused(world, attempt, "DealsOfferCancelled", [offerId], another);
      });

      it("reverts when the merchant's counter went on", async () => {
        const { world, offer, honest } = await fixture();
        await world.deals.connect(world.merchant.runner).increaseCounter();
        const other = offerOf(world, { counter: 1n });
        const another = async () => settleWithEvidence(world, other, dealOf(world, other));
        await refused(world, honest(), "DealsWrongCounter", [offer.merchant, 1n, 0n], another);
      });

      it("reverts when all uses are taken", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { maxUses: 1n });
        await settleWithEvidence(world, offer, dealOf(world, offer));
        const buyer = world.stranger;
        const attempt = settleWithEvidence(world, offer, dealOf(world, offer, { buyer: buyer.address }), {
          by: { buyer },
        });
        const other = offerOf(world, { salt: id("another offer") });
        const another = async () => settleWithEvidence(world, other, dealOf(world, other));
        await refused(world, attempt, "DealsUsesExhausted", [idOf("Offer", offer), 1n], another);
      });
    });

    describe("when there is no bond", () => {
      it("counts the use, holds the rebate and tells of it", async () => {
        const { world, deal, dealId, offerId, referralId, honest } = await fixture();
        await expect(honest())
          .to.emit(world.deals, "DealSettled")
          .withArgs(
            referralId,
            deal.merchant,
            deal.buyer,
            offerId,
            dealId,
            deal.customer,
            deal.token,
            Q2,
            R,
            world.moment,
            Funding.HELD,
          );
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([1n, 0n, false, false]);
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.SETTLED, false, Funding.HELD, false]);
      });
    });

    describe("when there is a bond", () => {
      it("takes the rebate from it and pays the whole price to the merchant", async () => {
        const { world, offer, offerId, referralId, honest } = await fixture();
        await openOffer(world, offer);
        expect(await moved(world, honest())).to.deep.equal([0n, Q2, 0n, -Q2]);
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([1n, 2n, true, false]);
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.SETTLED, false, Funding.BOND, false]);
      });

      it("settles with a rebate above the price", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { rebate: Q2 + 1n });
        await openOffer(world, offer);
        const settling = settleWithEvidence(world, offer, dealOf(world, offer));
        expect(await moved(world, settling)).to.deep.equal([0n, Q2, 0n, -Q2]);
      });

      it("settles for free", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { policy: PERCENT_OFF, discount: 10_000n, free: true });
        await openOffer(world, offer);
        const settling = settleWithEvidence(world, offer, dealOf(world, offer));
        expect(await moved(world, settling)).to.deep.equal([0n, 0n, 0n, 0n]);
      });

      it("takes no second use where a promotion took one", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { rebateRule: PROMOTION_ONLY });
        await openOffer(world, offer);
        await lodgePromotion(world, offer);
        const settling = settleWithEvidence(world, offer, dealOf(world, offer));
        expect(await moved(world, settling)).to.deep.equal([0n, Q2, 0n, -Q2]);
        expect(await world.deals.offerStatusOf(idOf("Offer", offer))).to.deep.equal([1n, 2n, true, false]);
      });
    });

    describe("given each policy", () => {
      for (const [name, policy, discount, price] of [
        ["a fixed price", FIXED_PRICE, 123_456_789n, 123_456_789n],
        ["a fixed price of one below the sale's amount", FIXED_PRICE, Q1 - 1n, Q1 - 1n],
        ["a percentage that divides evenly but for the last unit", PERCENT_OFF, 5_000n, Q1 - (Q1 - 1n) / 2n],
        ["one basis point", PERCENT_OFF, 1n, Q1 - 100_000n],
        ["9,999 basis points", PERCENT_OFF, 9_999n, 100_001n],
        ["an amount off", AMOUNT_OFF, 7n, 1_000_000_000n],
      ] as const) {
        it(`takes the price of ${name}`, async () => {
          const { world } = await fixture();
          const offer = offerOf(world, { policy, discount, rebate: 1n });
          const settling = settleWithEvidence(world, offer, dealOf(world, offer, { amount: price }));
          expect(await moved(world, settling)).to.deep.equal([1n, price - 1n, 0n, -price]);
        });
      }
    });

    it("settles on a sale that another recorded as paid elsewhere", async () => {
      const { world } = await fixture();
      const sale = saleOf(world, { salt: id("elsewhere"), itemHash: id("anything") });
      await recordSale(world, sale);
      const offer = offerOf(world, { saleId: idOf("Sale", sale) });
      const settling = settleWithEvidence(world, offer, dealOf(world, offer));
      expect(await moved(world, settling)).to.deep.equal([R, Q2 - R, 0n, -Q2]);
    });
  });
});
