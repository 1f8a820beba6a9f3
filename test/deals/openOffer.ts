import { expect } from "chai";
import { id, ZeroAddress } from "ethers";

import {
  AMOUNT_OFF,
  anybody,
  at,
  BY_ALLOWANCE,
  dealOf,
  digestOf,
  FIXED_PRICE,
  idOf,
  loadWorld,
  moved,
  offerOf,
  openingDigest,
  openOffer,
  PERCENT_OFF,
  PROMOTION_ONLY,
  Q1,
  R,
  refused,
  settleWithEvidence,
  signOpening,
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("openOffer", () => {
    async function fixture() {
      const world = await loadWorld();
      const offer = offerOf(world);
      return { world, offer, offerId: idOf("Offer", offer), honest: async () => openOffer(world, offer) };
    }

    describe("given the time", () => {
      it("opens one second before the rebate moment", async () => {
        const { world, honest } = await fixture();
        await at(world.moment - 1n);
        expect(await moved(world, honest())).to.deep.equal([3n * R, -3n * R, 0n, 0n]);
      });

      for (const [when, seconds] of [
        ["at the rebate moment", 0n],
        ["one second after the rebate moment", 1n],
      ] as const) {
        it(`reverts ${when}`, async () => {
          const { world, offer, honest } = await fixture();
          await at(world.moment + seconds);
          const later = { ...offer, rebateMoment: world.moment + 1_000n };
          const args = [world.moment, world.moment + seconds];
          await refused(world, honest(), "DealsTooLate", args, async () => openOffer(world, later));
        });
      }
    });

    describe("when the offer is unsound", () => {
      it("reverts for a merchant of zero", async () => {
        const { world, offer, honest } = await fixture();
        const attempt = openOffer(world, { ...offer, merchant: ZeroAddress });
        await refused(world, attempt, "DealsPartiesNotDistinct", [ZeroAddress, offer.customer, ZeroAddress], honest);
      });

      it("reverts for a customer of zero", async () => {
        const { world, offer, honest } = await fixture();
        const attempt = openOffer(world, { ...offer, customer: ZeroAddress });
        await refused(world, attempt, "DealsPartiesNotDistinct", [offer.merchant, ZeroAddress, ZeroAddress], honest);
      });

      it("reverts for a merchant who is the customer", async () => {
        const { world, offer, honest } = await fixture();
        const attempt = openOffer(world, { ...offer, customer: offer.merchant });
        const args = [offer.merchant, offer.merchant, ZeroAddress];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });

      it("reverts for a rebate of zero", async () => {
        const { world, offer, honest } = await fixture();
        await refused(world, openOffer(world, { ...offer, rebate: 0n }), "DealsZeroRebate", [], honest);
      });

      it("reverts for no use at all", async () => {
        const { world, offer, honest } = await fixture();
        await refused(world, openOffer(world, { ...offer, maxUses: 0n }), "DealsZeroUses", [], honest);
      });
    });

    describe("when the policy makes no lower price", () => {
      it("reverts for a fixed price that is the sale's amount", async () => {
        const { world, offer, honest } = await fixture();
        const wrong = { ...offer, policy: FIXED_PRICE, discount: Q1 };
        await refused(world, openOffer(world, wrong), "DealsPriceNotBelow", [Q1, Q1], honest);
      });

      it("reverts for a percentage that rounds down to nothing off", async () => {
        const { world, offer, honest } = await fixture();
        const wrong = { ...offer, policy: PERCENT_OFF, saleAmount: 9_999n, discount: 1n };
        await refused(world, openOffer(world, wrong), "DealsPriceNotBelow", [9_999n, 9_999n], honest);
      });

      it("reverts for an amount off of nothing", async () => {
        const { world, offer, honest } = await fixture();
        const wrong = { ...offer, policy: AMOUNT_OFF, discount: 0n };
        await refused(world, openOffer(world, wrong), "DealsPriceNotBelow", [Q1, Q1], honest);
      });

      it("reverts for more than 10,000 basis points", async () => {
        const { world, offer, honest } = await fixture();
        const wrong = { ...offer, policy: PERCENT_OFF, discount: 10_001n };
        await refused(world, openOffer(world, wrong), "DealsDiscountOutOfRange", [10_000n, 10_001n], honest);
      });

      it("reverts for more off than the sale's amount", async () => {
        const { world, offer, honest } = await fixture();
        const wrong = { ...offer, policy: AMOUNT_OFF, discount: Q1 + 1n };
        await refused(world, openOffer(world, wrong), "DealsDiscountOutOfRange", [Q1, Q1 + 1n], honest);
      });
    });

    describe("when the price comes to zero", () => {
      for (const [name, policy, discount] of [
        ["a fixed price of zero", FIXED_PRICE, 0n],
        ["10,000 basis points", PERCENT_OFF, 10_000n],
        ["the whole amount off", AMOUNT_OFF, Q1],
      ] as const) {
        it(`reverts for ${name} unless free is meant`, async () => {
          const { world, offer } = await fixture();
          const wrong = { ...offer, policy, discount };
          const honest = async () => openOffer(world, { ...wrong, free: true });
          await refused(world, openOffer(world, wrong), "DealsNotFree", [idOf("Offer", wrong)], honest);
        });
      }
    });

    describe("when the offer does not run", () => {
      it("reverts when it was cancelled", async () => {
        const { world, offer, offerId, honest } = await fixture();
        await world.deals.connect(world.merchant.runner).cancelOffer(offer);
        const another = async () => openOffer(world, { ...offer, salt: id("another") });
        await refused(world, honest(), "DealsOfferCancelled", [offerId], another);
      });

      it("reverts when the merchant's counter went on", async () => {
        const { world, offer, honest } = await fixture();
        await world.deals.connect(world.merchant.runner).increaseCounter();
        const another = async () => openOffer(world, { ...offer, counter: 1n });
        await refused(world, honest(), "DealsWrongCounter", [offer.merchant, 1n, 0n], another);
      });

      it("reverts when the merchant's counter is not yet there", async () => {
        const { world, offer, honest } = await fixture();
        const attempt = openOffer(world, { ...offer, counter: 1n });
        await refused(world, attempt, "DealsWrongCounter", [offer.merchant, 0n, 1n], honest);
      });
    });

    it("reverts when it was opened before", async () => {
      const { world, offer, offerId, honest } = await fixture();
      await honest();
      const another = async () => openOffer(world, { ...offer, salt: id("another") });
      await refused(world, honest(), "DealsOfferOpened", [offerId], another);
    });

    it("reverts when all uses were taken before it was opened", async () => {
      const { world } = await fixture();
      const offer = offerOf(world, { maxUses: 1n });
      await settleWithEvidence(world, offer, dealOf(world, offer));
      const args = [idOf("Offer", offer), 1n];
      const another = async () => openOffer(world, { ...offer, salt: id("another") });
      await refused(world, openOffer(world, offer), "DealsUsesExhausted", args, another);
    });

    describe("when the merchant did not consent", () => {
      it("reverts for another's signature", async () => {
        const { world, offer, honest } = await fixture();
        const attempt = openOffer(world, offer, { by: { merchant: world.stranger } });
        await refused(world, attempt, "DealsWrongSignature", [offer.merchant, openingDigest(world, offer)], honest);
      });

      it("reverts for the merchant's endorsement of the offer, which opens nothing", async () => {
        const { world, offer, honest } = await fixture();
        const merchant = world.merchant.sign(digestOf(world, "MerchantOfferEndorsement", { offer }));
        const attempt = openOffer(world, offer, { signatures: { merchant } });
        await refused(world, attempt, "DealsWrongSignature", [offer.merchant, openingDigest(world, offer)], honest);
      });

      it("reverts without a signature for anybody else", async () => {
        const { world, offer, honest } = await fixture();
        const attempt = openOffer(world, offer, { signatures: { merchant: "0x" } });
        await refused(world, attempt, "DealsNotMerchant", [offer.merchant, world.relayer.address], honest);
      });

      it("reverts for the merchant itself when it brings a wrong signature", async () => {
        const { world, offer, honest } = await fixture();
        const attempt = openOffer(world, offer, { from: world.merchant.runner, by: { merchant: anybody("forger") } });
        await refused(world, attempt, "DealsWrongSignature", [offer.merchant, openingDigest(world, offer)], honest);
      });
    });

    describe("when the merchant consents", () => {
      it("opens on its signature, whoever brings it", async () => {
        const { world, offer, offerId, honest } = await fixture();
        await expect(honest())
          .to.emit(world.deals, "OfferOpened")
          .withArgs(offerId, offer.merchant, offer.customer, offer.token, R, world.moment, 0n, 3n);
      });

      it("opens without a signature when the merchant is the caller", async () => {
        const { world, offer } = await fixture();
        const opening = world.deals.connect(world.merchant.runner).openOffer(offer, "0x", BY_ALLOWANCE);
        expect(await moved(world, opening)).to.deep.equal([3n * R, -3n * R, 0n, 0n]);
      });

      it("locks the rebate of every use", async () => {
        const { world, offerId, honest } = await fixture();
        await honest();
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([0n, 3n, true, false]);
      });

      it("locks only the uses that are left", async () => {
        const { world, offer, offerId } = await fixture();
        await settleWithEvidence(world, offer, dealOf(world, offer));
        expect(await moved(world, openOffer(world, offer))).to.deep.equal([2n * R, -2n * R, 0n, 0n]);
        expect(await world.deals.offerStatusOf(offerId)).to.deep.equal([1n, 2n, true, false]);
      });

      it("tells the rule of a promotion", async () => {
        const { world } = await fixture();
        const offer = offerOf(world, { rebateRule: PROMOTION_ONLY, maxUses: 1n });
        await expect(openOffer(world, offer))
          .to.emit(world.deals, "OfferOpened")
          .withArgs(idOf("Offer", offer), offer.merchant, offer.customer, offer.token, R, world.moment, 1n, 1n);
      });

      it("takes the largest bond there is without overflow", async () => {
        const { world } = await fixture();
        const most = 2n ** 128n - 1n;
        const uses = 2n ** 32n - 1n;
        const offer = offerOf(world, { rebate: most, maxUses: uses });
        await world.token.mint(world.merchant.address, most * uses);
        await world.token.connect(world.merchant.runner).approve(world.dealsAddress, most * uses);
        const transaction = openOffer(world, offer, { signatures: { merchant: signOpening(world, offer) } });
        expect(await moved(world, transaction)).to.deep.equal([most * uses, -most * uses, 0n, 0n]);
      });
    });

    it("reverts when the merchant cannot pay the bond, and consumes nothing", async () => {
      const { world, honest } = await fixture();
      const merchant = world.token.connect(world.merchant.runner);
      await merchant.approve(world.dealsAddress, 0n);
      const again = async () => {
        await merchant.approve(world.dealsAddress, 3n * R);
        await honest();
      };
      const args = [world.dealsAddress, 0n, 3n * R];
      await refused(world, honest(), "ERC20InsufficientAllowance", args, again, world.token);
    });
  });
});
