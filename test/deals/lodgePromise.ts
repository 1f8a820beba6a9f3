import { expect } from "chai";
import { id, ZeroAddress } from "ethers";

import {
  anybody,
  at,
  dealOf,
  DealState,
  digestOf,
  Funding,
  idOf,
  loadWorld,
  lodge,
  lodgePromise,
  offerOf,
  openOffer,
  promiseDigests,
  promiseOf,
  R,
  referralOfOffer,
  refused,
  settle,
  settleWithEvidence,
  signPromise,
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("lodgePromise", () => {
    async function fixture() {
      const world = await loadWorld();
      const offer = offerOf(world);
      const rebatePromise = promiseOf(offer);
      return {
        world,
        offer,
        rebatePromise,
        referralId: referralOfOffer(offer, world.buyer.address),
        digests: promiseDigests(world, rebatePromise, world.buyer.address),
        honest: async () => lodgePromise(world, rebatePromise),
      };
    }

    describe("given the time", () => {
      it("lodges one second before the rebate moment", async () => {
        const { world, referralId, honest } = await fixture();
        await at(world.moment - 1n);
        await honest();
        expect((await world.deals.referralStatusOf(referralId)).promised).to.equal(true);
      });

      for (const [when, seconds] of [
        ["at the rebate moment", 0n],
        ["one second after the rebate moment", 1n],
      ] as const) {
        it(`reverts ${when}`, async () => {
          const { world, rebatePromise, honest } = await fixture();
          await at(world.moment + seconds);
          const later = { ...rebatePromise, rebateMoment: world.moment + 1_000n };
          const args = [world.moment, world.moment + seconds];
          await refused(world, honest(), "DealsTooLate", args, async () => lodgePromise(world, later));
        });
      }
    });

    describe("when the parties are not three", () => {
      for (const [one, other] of [
        ["merchant", "customer"],
        ["merchant", "buyer"],
        ["customer", "buyer"],
      ] as const) {
        it(`reverts for a ${one} who is the ${other}`, async () => {
          const { world, rebatePromise, honest } = await fixture();
          const parties = {
            merchant: world.merchant.address,
            customer: world.customer.address,
            buyer: world.buyer.address,
            [one]: world[other].address,
          };
          const wrong = { ...rebatePromise, merchant: parties.merchant, customer: parties.customer };
          const attempt = lodgePromise(world, wrong, { by: { [one]: world[other] } });
          const args = [parties.merchant, parties.customer, parties.buyer];
          await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
        });
      }

      it("reverts for a buyer of zero", async () => {
        const { world, rebatePromise, honest } = await fixture();
        const { merchant, buyer, customer } = signPromise(world, rebatePromise);
        const attempt = world.deals.lodgePromise(rebatePromise, ZeroAddress, merchant, buyer, customer);
        const args = [rebatePromise.merchant, rebatePromise.customer, ZeroAddress];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });
    });

    it("reverts for a rebate of zero", async () => {
      const { world, rebatePromise, honest } = await fixture();
      const attempt = lodgePromise(world, { ...rebatePromise, rebate: 0n });
      await refused(world, attempt, "DealsZeroRebate", [], honest);
    });

    describe("when a signature is wrong", () => {
      for (const role of ["merchant", "buyer", "customer"] as const) {
        it(`reverts for another's in place of the ${role}'s`, async () => {
          const { world, rebatePromise, digests, honest } = await fixture();
          const signatures = { [role]: anybody("forger").sign(digests[role]) };
          const attempt = lodgePromise(world, rebatePromise, { signatures });
          await refused(world, attempt, "DealsWrongSignature", [world[role].address, digests[role]], honest);
        });
      }

      it("reverts for an empty one of the merchant, even when the merchant calls", async () => {
        const { world, rebatePromise, digests, honest } = await fixture();
        const attempt = lodgePromise(world, rebatePromise, {
          from: world.merchant.runner,
          signatures: { merchant: "0x" },
        });
        await refused(world, attempt, "DealsWrongSignature", [world.merchant.address, digests.merchant], honest);
      });

      it("reverts for a customer who signed before the buyer", async () => {
        const { world, rebatePromise, digests, honest } = await fixture();
        const value = { rebatePromise, buyer: world.buyer.address, previous: digests.merchant };
        const customer = world.customer.sign(digestOf(world, "CustomerPromiseEndorsement", value));
        const attempt = lodgePromise(world, rebatePromise, { signatures: { customer } });
        await refused(world, attempt, "DealsWrongSignature", [world.customer.address, digests.customer], honest);
      });

      it("reverts for endorsements that name another buyer", async () => {
        const { world, rebatePromise, digests, honest } = await fixture();
        const { merchant, buyer, customer } = signPromise(world, rebatePromise, { buyer: world.stranger });
        const named = world.buyer.address;
        const attempt = world.deals.lodgePromise(rebatePromise, named, merchant, buyer, customer);
        await refused(world, attempt, "DealsWrongSignature", [named, digests.buyer], honest);
      });
    });

    it("reverts the second time", async () => {
      const { world, offer, rebatePromise, referralId, honest } = await fixture();
      await honest();
      const another = async () => settle(world, dealOf(world, offer));
      await refused(world, lodgePromise(world, rebatePromise), "DealsPromiseLodged", [referralId], another);
    });

    describe("when the three signed in their order", () => {
      it("tells of it, whoever brings it", async () => {
        const { world, rebatePromise, referralId, honest } = await fixture();
        await expect(honest())
          .to.emit(world.deals, "PromiseLodged")
          .withArgs(
            referralId,
            rebatePromise.customer,
            world.buyer.address,
            rebatePromise.offerId,
            rebatePromise.merchant,
            R,
            world.moment,
            Funding.NONE,
          );
      });

      it("comes before the deal", async () => {
        const { world, referralId, honest } = await fixture();
        await honest();
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.NONE, true, Funding.NONE, false]);
      });

      it("comes after a deal settled directly", async () => {
        const { world, offer, referralId, honest } = await fixture();
        await settle(world, dealOf(world, offer));
        await honest();
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.SETTLED, true, Funding.HELD, false]);
      });

      it("comes after a deal whose rebate is in the bond", async () => {
        const { world, offer, referralId, honest } = await fixture();
        await openOffer(world, offer);
        await settleWithEvidence(world, offer, dealOf(world, offer));
        await honest();
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.SETTLED, true, Funding.BOND, false]);
      });

      it("comes after a deal lodged", async () => {
        const { world, offer, referralId, honest } = await fixture();
        await lodge(world, offer, dealOf(world, offer));
        await honest();
        const status = await world.deals.referralStatusOf(referralId);
        expect(status).to.deep.equal([DealState.LODGED, true, Funding.NONE, false]);
      });

      it("marks only its own buyer's referral", async () => {
        const { world, offer, honest } = await fixture();
        await honest();
        const status = await world.deals.referralStatusOf(referralOfOffer(offer, world.stranger.address));
        expect(status.promised).to.equal(false);
      });

      it("stands apart from a promise of another rebate", async () => {
        const { world, rebatePromise, referralId } = await fixture();
        const more = { ...rebatePromise, rebate: R * 100n };
        await lodgePromise(world, more);
        expect((await world.deals.referralStatusOf(referralId)).promised).to.equal(false);
        const other = idOf("Referral", { ...more, buyer: world.buyer.address });
        expect((await world.deals.referralStatusOf(other)).promised).to.equal(true);
      });

      it("binds nobody to an offer that does not exist", async () => {
        const { world, rebatePromise } = await fixture();
        const loose = { ...rebatePromise, offerId: id("no offer") };
        await expect(lodgePromise(world, loose)).not.to.emit(world.token, "Transfer");
      });
    });
  });
});
