import { expect } from "chai";
import { id, ZeroAddress } from "ethers";

import {
  anybody,
  at,
  DAY,
  dealDigests,
  dealOf,
  DealState,
  digestOf,
  Funding,
  idOf,
  loadWorld,
  lodge,
  lodgePromise,
  lodgePromotion,
  mined,
  moved,
  offerOf,
  openOffer,
  promiseOf,
  PROMOTION_ONLY,
  Q2,
  R,
  referralIdOf,
  refused,
  settle,
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("settle", () => {
    async function fixture() {
      const world = await loadWorld();
      const offer = offerOf(world);
      const deal = dealOf(world, offer);
      return {
        world,
        offer,
        deal,
        dealId: idOf("ReferredSale", deal),
        referralId: referralIdOf(deal),
        digests: dealDigests(world, deal),
        honest: async () => settle(world, deal),
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
          const { world, deal, honest } = await fixture();
          await at(world.moment + seconds);
          const later = { ...deal, rebateMoment: world.moment + DAY };
          const args = [world.moment, world.moment + seconds];
          await refused(world, honest(), "DealsTooLate", args, async () => settle(world, later));
        });
      }
    });

    describe("when the parties are not three", () => {
      for (const [name, change] of [
        ["a merchant of zero", { merchant: ZeroAddress }],
        ["a customer of zero", { customer: ZeroAddress }],
        ["a buyer of zero", { buyer: ZeroAddress }],
      ] as const) {
        it(`reverts for ${name}`, async () => {
          const { world, deal, honest } = await fixture();
          const wrong = { ...deal, ...change };
          const args = [wrong.merchant, wrong.customer, wrong.buyer];
          await refused(world, settle(world, wrong), "DealsPartiesNotDistinct", args, honest);
        });
      }

      for (const [one, other] of [
        ["merchant", "customer"],
        ["merchant", "buyer"],
        ["customer", "buyer"],
      ] as const) {
        it(`reverts for a ${one} who is the ${other}`, async () => {
          const { world, deal, honest } = await fixture();
          const wrong = { ...deal, [one]: deal[other] };
          const attempt = settle(world, wrong, { by: { [one]: world[other] } });
          const args = [wrong.merchant, wrong.customer, wrong.buyer];
          await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
        });
      }
    });

    it("reverts for a rebate of zero", async () => {
      const { world, deal, honest } = await fixture();
      await refused(world, settle(world, { ...deal, rebate: 0n }), "DealsZeroRebate", [], honest);
    });

    describe("when the referral has its deal", () => {
      it("reverts for the same deal again", async () => {
        const { world, deal, referralId, honest } = await fixture();
        await honest();
        const args = [referralId, DealState.NONE, DealState.SETTLED];
        const other = dealOf(world, offerOf(world, { salt: id("another offer") }));
        // Whether or not its signatures are right, which are looked at later.
        await refused(
          world,
          settle(world, deal, { signatures: { customer: "0x" } }),
          "DealsWrongState",
          args,
          async () => {},
        );
        await refused(world, settle(world, deal), "DealsWrongState", args, async () => settle(world, other));
      });

      it("reverts for another deal on the same terms", async () => {
        const { world, deal, referralId, honest } = await fixture();
        await honest();
        const args = [referralId, DealState.NONE, DealState.SETTLED];
        const attempt = settle(world, { ...deal, salt: id("another deal"), amount: Q2 + 1n });
        const other = dealOf(world, offerOf(world, { salt: id("another offer") }));
        await refused(world, attempt, "DealsWrongState", args, async () => settle(world, other));
      });

      it("reverts for a deal that is lodged, which the merchant countersigns", async () => {
        const { world, offer, deal, referralId, honest } = await fixture();
        await lodge(world, offer, deal);
        const args = [referralId, DealState.NONE, DealState.LODGED];
        const byMerchant = world.deals.connect(world.merchant.runner);
        await refused(world, honest(), "DealsWrongState", args, async () => byMerchant.countersign(deal, "0x"));
      });
    });

    describe("when a signature is wrong", () => {
      for (const role of ["customer", "buyer", "merchant"] as const) {
        it(`reverts for another's in place of the ${role}'s`, async () => {
          const { world, deal, digests, honest } = await fixture();
          const attempt = settle(world, deal, { by: { [role]: anybody("forger") } });
          await refused(world, attempt, "DealsWrongSignature", [deal[role], digests[role]], honest);
        });
      }

      it("reverts for a buyer who signed over no endorsement of the customer", async () => {
        const { world, deal, digests, honest } = await fixture();
        const previous = `0x${"00".repeat(32)}`;
        const buyer = world.buyer.sign(digestOf(world, "BuyerDealEndorsement", { deal, previous }));
        const attempt = settle(world, deal, { signatures: { buyer } });
        await refused(world, attempt, "DealsWrongSignature", [deal.buyer, digests.buyer], honest);
      });

      it("reverts for a merchant who signed over the customer's endorsement instead of the buyer's", async () => {
        const { world, deal, digests, honest } = await fixture();
        const value = { deal, previous: digests.customer };
        const merchant = world.merchant.sign(digestOf(world, "MerchantDealEndorsement", value));
        const attempt = settle(world, deal, { signatures: { merchant } });
        await refused(world, attempt, "DealsWrongSignature", [deal.merchant, digests.merchant], honest);
      });
    });

    describe("when the merchant's signature is empty", () => {
      it("settles when the merchant is the caller", async () => {
        const { world, deal } = await fixture();
        const options = { from: world.merchant.runner, signatures: { merchant: "0x" } };
        expect(await moved(world, settle(world, deal, options))).to.deep.equal([R, Q2 - R, 0n, -Q2]);
      });

      for (const role of ["relayer", "customer", "buyer"] as const) {
        it(`reverts for the ${role}`, async () => {
          const { world, deal, honest } = await fixture();
          const attempt = settle(world, deal, { from: world[role].runner, signatures: { merchant: "0x" } });
          await refused(world, attempt, "DealsNotMerchant", [deal.merchant, world[role].address], honest);
        });
      }
    });

    it("reverts when the merchant calls with a wrong signature", async () => {
      const { world, deal, digests, honest } = await fixture();
      const attempt = settle(world, deal, { from: world.merchant.runner, by: { merchant: anybody("forger") } });
      await refused(world, attempt, "DealsWrongSignature", [deal.merchant, digests.merchant], honest);
    });

    describe("when the offer is cancelled", () => {
      it("reverts for a relayer with the merchant's signature", async () => {
        const { world, offer, deal, honest } = await fixture();
        const byMerchant = world.deals.connect(world.merchant.runner);
        await byMerchant.cancelOffer(offer);
        const itself = async () => settle(world, deal, { from: world.merchant.runner, signatures: { merchant: "0x" } });
        await refused(world, honest(), "DealsOfferCancelled", [deal.offerId], itself);
      });

      it("settles for the merchant itself, who consents anew", async () => {
        const { world, offer, deal } = await fixture();
        await world.deals.connect(world.merchant.runner).cancelOffer(offer);
        const options = { from: world.merchant.runner, signatures: { merchant: "0x" } };
        expect(await moved(world, settle(world, deal, options))).to.deep.equal([R, Q2 - R, 0n, -Q2]);
      });
    });

    describe("given the rebate and the price", () => {
      it("reverts for a rebate of one above the price", async () => {
        const { world, deal, honest } = await fixture();
        const wrong = { ...deal, rebate: Q2 + 1n };
        await refused(world, settle(world, wrong), "DealsRebateAbovePrice", [Q2, Q2 + 1n], honest);
      });

      it("holds the whole price when the rebate is as much", async () => {
        const { world, deal } = await fixture();
        const even = { ...deal, rebate: Q2 };
        const transaction = settle(world, even);
        await expect(transaction).to.emit(world.token, "Transfer").withArgs(deal.buyer, world.dealsAddress, Q2);
        expect(await moved(world, transaction)).to.deep.equal([Q2, 0n, 0n, -Q2]);
        // Some tokens refuse a transfer of nothing, as one to the merchant would be.
        const { logs } = await mined(transaction);
        expect(logs.filter(({ address }) => address === world.tokenAddress)).to.have.lengthOf(1);
      });

      it("holds one unit of one", async () => {
        const { world, deal } = await fixture();
        const least = { ...deal, amount: 1n, rebate: 1n };
        expect(await moved(world, settle(world, least))).to.deep.equal([1n, 0n, 0n, -1n]);
      });

      it("reverts for a price of zero", async () => {
        const { world, deal, honest } = await fixture();
        const wrong = { ...deal, amount: 0n };
        await refused(world, settle(world, wrong), "DealsRebateAbovePrice", [0n, R], honest);
      });
    });

    it("reverts for a token without code", async () => {
      const { world, deal, honest } = await fixture();
      const attempt = settle(world, { ...deal, token: world.stranger.address });
      await refused(world, attempt, "PaymentTokenWithoutCode", [world.stranger.address], honest, world.payments);
    });

    it("reverts when the buyer withdrew its allowance, and consumes nothing", async () => {
      const { world, honest } = await fixture();
      const buyer = world.token.connect(world.buyer.runner);
      await buyer.approve(world.dealsAddress, Q2 - 1n);
      const args = [world.dealsAddress, Q2 - 1n, Q2];
      const again = async () => {
        await buyer.approve(world.dealsAddress, Q2);
        await honest();
      };
      await refused(world, honest(), "ERC20InsufficientAllowance", args, again, world.token);
    });

    it("tells of the deal", async () => {
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

    describe("when the rebate promise came first", () => {
      it("keeps it", async () => {
        const { world, offer, referralId, honest } = await fixture();
        await lodgePromise(world, promiseOf(offer));
        await honest();
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.SETTLED, true, Funding.HELD, false]);
      });
    });

    describe("when a promotion reserved the rebate in the bond", () => {
      it("pays the whole price to the merchant, whose bond pays the rebate", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { rebateRule: PROMOTION_ONLY });
        const deal = dealOf(world, offer);
        await openOffer(world, offer);
        await lodgePromotion(world, offer);
        expect(await moved(world, settle(world, deal))).to.deep.equal([0n, Q2, 0n, -Q2]);
        const status = await world.deals.referralStatusOf(referralIdOf(deal));
        expect(status).to.deep.equal([DealState.SETTLED, true, Funding.BOND, false]);
      });

      it("settles for free", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { rebateRule: PROMOTION_ONLY, policy: 0n, discount: 0n, free: true });
        const deal = dealOf(world, offer);
        await openOffer(world, offer);
        await lodgePromotion(world, offer);
        expect(await moved(world, settle(world, deal))).to.deep.equal([0n, 0n, 0n, 0n]);
      });
    });

    it("takes no use of the offer, which stays the merchant's own book", async () => {
      const { world, offer, honest } = await fixture();
      await honest();
      expect(await world.deals.offerStatusOf(idOf("Offer", offer))).to.deep.equal([0n, 0n, false, false]);
    });
  });
});
