import { expect } from "chai";
import { id, ZeroAddress } from "ethers";

import {
  anybody,
  at,
  dealDigests,
  dealOf,
  DealState,
  Funding,
  idOf,
  loadWorld,
  lodge,
  lodgePromotion,
  moved,
  offerOf,
  openOffer,
  PERCENT_OFF,
  PROMOTION_ONLY,
  Q2,
  R,
  referralIdOf,
  refused,
  settle,
  signOffer,
} from "../helpers/deals.js";
import { documentsOf, EVIDENCE_REFUSALS, OFFER_SIGNATURES, offerSignatureArgs } from "../helpers/evidence.js";

describe("ReferralDeals", () => {
  describe("lodge", () => {
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
        honest: async () => lodge(world, offer, deal),
      };
    }

    describe("given the time", () => {
      it("lodges one second before the rebate moment", async () => {
        const { world, honest } = await fixture();
        await at(world.moment - 1n);
        expect(await moved(world, honest())).to.deep.equal([Q2, 0n, 0n, -Q2]);
      });

      for (const [when, seconds] of [
        ["at the rebate moment", 0n],
        ["one second after the rebate moment", 1n],
      ] as const) {
        it(`reverts ${when}`, async () => {
          const { world, honest } = await fixture();
          await at(world.moment + seconds);
          const later = offerOf(world, { rebateMoment: world.moment + 1_000n });
          const another = async () => lodge(world, later, dealOf(world, later));
          await refused(world, honest(), "DealsTooLate", [world.moment, world.moment + seconds], another);
        });
      }
    });

    describe("when the parties are not three", () => {
      it("reverts for a buyer who is the customer", async () => {
        const { world, offer, deal, honest } = await fixture();
        const by = { buyer: world.customer };
        const attempt = lodge(world, offer, { ...deal, buyer: deal.customer }, { by });
        const args = [deal.merchant, deal.customer, deal.customer];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });

      it("reverts for a buyer of zero", async () => {
        const { world, offer, deal, honest } = await fixture();
        const attempt = lodge(world, offer, { ...deal, buyer: ZeroAddress });
        const args = [deal.merchant, deal.customer, ZeroAddress];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });
    });

    it("reverts for a rebate of zero", async () => {
      const { world, offer, deal, honest } = await fixture();
      await refused(world, lodge(world, offer, { ...deal, rebate: 0n }), "DealsZeroRebate", [], honest);
    });

    describe("when the evidence does not hold", () => {
      for (const refusal of EVIDENCE_REFUSALS) {
        it(`reverts for ${refusal.name}`, async () => {
          const { world, honest } = await fixture();
          const { offer, deal } = documentsOf(world, refusal);
          const by = deal.customer === world.stranger.address ? { customer: world.stranger } : {};
          const attempt = lodge(world, signOffer(world, offer), deal, { by });
          await refused(world, attempt, refusal.error, refusal.args(offer, deal, world), honest);
        });
      }
    });

    describe("when a signature of the offer is wrong", () => {
      for (const role of OFFER_SIGNATURES) {
        it(`reverts for another's in place of the ${role}'s`, async () => {
          const { world, offer, deal, honest } = await fixture();
          const args = offerSignatureArgs(world, offer, deal.buyer, role);
          const forged = anybody("forger").sign(args[1]);
          const evidence = { ...signOffer(world, offer), [`${role}Signature`]: forged };
          await refused(world, lodge(world, evidence, deal), "DealsWrongSignature", args, honest);
        });
      }

      it("reverts for an empty one of the merchant, even when the merchant calls", async () => {
        const { world, offer, deal, honest } = await fixture();
        const evidence = { ...signOffer(world, offer), merchantSignature: "0x" };
        const attempt = lodge(world, evidence, deal, { from: world.merchant.runner });
        const args = offerSignatureArgs(world, offer, deal.buyer, "merchant");
        await refused(world, attempt, "DealsWrongSignature", args, honest);
      });
    });

    describe("when a signature of the deal is wrong", () => {
      for (const role of ["customer", "buyer"] as const) {
        it(`reverts for another's in place of the ${role}'s`, async () => {
          const { world, offer, deal, digests, honest } = await fixture();
          const signatures = { [role]: anybody("forger").sign(digests[role]) };
          const attempt = lodge(world, offer, deal, { signatures });
          await refused(world, attempt, "DealsWrongSignature", [deal[role], digests[role]], honest);
        });
      }
    });

    describe("when the referral has its deal", () => {
      it("reverts for one lodged", async () => {
        const { world, referralId, honest } = await fixture();
        await honest();
        const args = [referralId, DealState.NONE, DealState.LODGED];
        const other = offerOf(world, { salt: id("another offer") });
        await refused(world, honest(), "DealsWrongState", args, async () => lodge(world, other, dealOf(world, other)));
      });

      it("reverts for one settled", async () => {
        const { world, deal, referralId, honest } = await fixture();
        await settle(world, deal);
        const args = [referralId, DealState.NONE, DealState.SETTLED];
        const other = offerOf(world, { salt: id("another offer") });
        await refused(world, honest(), "DealsWrongState", args, async () => lodge(world, other, dealOf(world, other)));
      });
    });

    describe("when the offer does not run", () => {
      it("reverts when it was cancelled", async () => {
        const { world, offer, offerId, honest } = await fixture();
        await world.deals.connect(world.merchant.runner).cancelOffer(offer);
        const other = offerOf(world, { salt: id("another offer") });
        await refused(world, honest(), "DealsOfferCancelled", [offerId], async () =>
          lodge(world, other, dealOf(world, other)),
        );
      });

      it("reverts when the merchant's counter went on", async () => {
        const { world, offer, honest } = await fixture();
        await world.deals.connect(world.merchant.runner).increaseCounter();
        const other = offerOf(world, { counter: 1n });
        await refused(world, honest(), "DealsWrongCounter", [offer.merchant, 1n, 0n], async () =>
          lodge(world, other, dealOf(world, other)),
        );
      });

      it("reverts when all uses are taken", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { maxUses: 1n });
        await lodge(world, offer, dealOf(world, offer));
        const by = { buyer: world.stranger };
        const attempt = lodge(world, offer, dealOf(world, offer, { buyer: world.stranger.address }), { by });
        const other = offerOf(world, { salt: id("another offer") });
        await refused(world, attempt, "DealsUsesExhausted", [idOf("Offer", offer), 1n], async () =>
          lodge(world, other, dealOf(world, other)),
        );
      });
    });

    it("reverts when the buyer withdrew its allowance, and takes no use", async () => {
      const { world, offerId, honest } = await fixture();
      const buyer = world.token.connect(world.buyer.runner);
      await buyer.approve(world.dealsAddress, 0n);
      const again = async () => {
        expect((await world.deals.offerStatusOf(offerId)).uses).to.equal(0n);
        await buyer.approve(world.dealsAddress, Q2);
        await honest();
      };
      const args = [world.dealsAddress, 0n, Q2];
      await refused(world, honest(), "ERC20InsufficientAllowance", args, again, world.token);
    });

    describe("when everything but the merchant's signature is there", () => {
      it("tells of it and names the caller", async () => {
        const { world, deal, dealId, offerId, referralId, honest } = await fixture();
        await expect(honest())
          .to.emit(world.deals, "DealLodged")
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
            Funding.NONE,
            world.relayer.address,
          );
      });

      it("holds the whole price without a bond, and counts the use", async () => {
        const { world, offerId, referralId, honest } = await fixture();
        expect(await moved(world, honest())).to.deep.equal([Q2, 0n, 0n, -Q2]);
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([1n, 0n, false, false]);
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.LODGED, false, Funding.NONE, false]);
      });

      it("reserves the rebate where there is a bond", async () => {
        const { world, offer, offerId, referralId, honest } = await fixture();
        await openOffer(world, offer);
        expect(await moved(world, honest())).to.deep.equal([Q2, 0n, 0n, -Q2]);
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([1n, 2n, true, false]);
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.LODGED, false, Funding.BOND, false]);
      });

      it("lodges a deal for free, and moves nothing", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { policy: PERCENT_OFF, discount: 10_000n, free: true });
        await openOffer(world, offer);
        expect(await moved(world, lodge(world, offer, dealOf(world, offer)))).to.deep.equal([0n, 0n, 0n, 0n]);
      });

      it("takes no second use where a promotion took one, even when the offer was cancelled since", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { rebateRule: PROMOTION_ONLY });
        await openOffer(world, offer);
        await lodgePromotion(world, offer);
        await world.deals.connect(world.merchant.runner).cancelOffer(offer);
        expect(await moved(world, lodge(world, offer, dealOf(world, offer)))).to.deep.equal([Q2, 0n, 0n, -Q2]);
        expect(await world.deals.offerStatusOf(idOf("Offer", offer))).to.deep.equal([1n, 2n, true, true]);
      });
    });
  });
});
