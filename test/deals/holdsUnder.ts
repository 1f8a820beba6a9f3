import { expect } from "chai";
import { id } from "ethers";

import type { World } from "../helpers/deals.js";
import {
  at,
  BY_ALLOWANCE,
  countersign,
  dealDigests,
  dealOf,
  DealState,
  ethers,
  Funding,
  idOf,
  loadWorld,
  lodge,
  lodgePromise,
  mined,
  moved,
  networkHelpers,
  offerDigests,
  offerOf,
  openOffer,
  promiseDigests,
  promiseOf,
  provider,
  Q2,
  R,
  recordSale,
  referralIdOf,
  refused,
  saleOf,
  settle,
  settleWithEvidence,
  signDeal,
  signOffer,
  time,
} from "../helpers/deals.js";
import { MONEY_IN, MONEY_OUT } from "../helpers/entryPoints.js";

/** Puts a wallet's code to a party's address. */
async function install(name: string, account: string): Promise<void> {
  const wallet = await ethers.deployContract(name);
  await networkHelpers.setCode(account, (await wallet.getDeployedCode())!);
}

/** Mines what the two send in one block; says of each whether it succeeded. */
async function inOneBlock(...sends: readonly (() => Promise<{ hash: string }>)[]): Promise<readonly boolean[]> {
  await provider.request({ method: "evm_setAutomine", params: [false] });
  try {
    const sent: string[] = [];
    for (const send of sends) sent.push((await send()).hash);
    await networkHelpers.mine();
    const receipts = await Promise.all(sent.map(async (hash) => ethers.provider.getTransactionReceipt(hash)));
    expect(new Set(receipts.map((receipt) => receipt!.blockNumber)).size).to.equal(1);
    return receipts.map((receipt) => receipt!.status === 1);
  } finally {
    await provider.request({ method: "evm_setAutomine", params: [true] });
  }
}

describe("ReferralDeals", () => {
  describe("must hold under", () => {
    describe("replay", () => {
      it("reverts for what was signed for another deployment of the same code", async () => {
        const world = await loadWorld();
        const other = await ethers.deployContract("ReferralDeals");
        const elsewhere = { ...world.domain, verifyingContract: await other.getAddress() };
        const there: World = { ...world, deals: other, domain: elsewhere };
        const deal = dealOf(world);
        const { customer, buyer, merchant } = signDeal(world, deal);
        const attempt = other.settle(deal, customer, buyer, merchant, BY_ALLOWANCE);
        const args = [deal.customer, dealDigests(there, deal).customer];
        await refused(world, attempt, "DealsWrongSignature", args, async () => settle(world, deal), other);
      });

      for (const entry of MONEY_IN) {
        it(`reverts the second ${entry.name} of the same documents`, async () => {
          const world = await loadWorld();
          await entry.call(world);
          await expect(entry.call(world)).to.be.revertedWithCustomError(
            world.deals,
            { paySale: "DealsWrongSaleState", openOffer: "DealsOfferOpened" }[entry.name] ?? "DealsWrongState",
          );
        });
      }

      for (const exit of MONEY_OUT) {
        it(`reverts the second ${exit.name} of the same documents`, async () => {
          const world = await loadWorld();
          await exit.prepare(world);
          await exit.call(world);
          const held = await world.token.balanceOf(world.dealsAddress);
          const errors = [
            "DealsWrongSaleState",
            "DealsWrongState",
            "DealsRebateClosed",
            "DealsNoBond",
          ] as const satisfies readonly string[];
          const error =
            errors[
              exit.name.startsWith("pay") ? 2 : exit.name === "reclaimBond" ? 3 : exit.name.endsWith("Sale") ? 0 : 1
            ];
          await expect(exit.call(world)).to.be.revertedWithCustomError(world.deals, error);
          expect(await world.token.balanceOf(world.dealsAddress)).to.equal(held);
        });
      }
    });

    // Invariant D12.
    describe("a million dust offers", () => {
      /** The gas of each operation after `count` other offers, deals and sales. */
      async function gasAfter(count: number): Promise<readonly bigint[]> {
        const world = await loadWorld();
        // So that the contract's own balance is not zero in one case only.
        await world.token.mint(world.dealsAddress, 1n);
        for (let i = 0; i < count; i++) {
          const dust = offerOf(world, { salt: id(`dust ${i}`), rebate: 1n, maxUses: 1n });
          await openOffer(world, dust);
          await settleWithEvidence(world, dust, dealOf(world, dust));
          await recordSale(world, saleOf(world, { salt: id(`dust ${i}`), amount: 1n }));
        }
        const offer = offerOf(world);
        const deal = dealOf(world, offer);
        const gas = [
          await mined(openOffer(world, offer)),
          await mined(settleWithEvidence(world, offer, deal)),
          await mined(lodgePromise(world, promiseOf(offer))),
        ];
        await at(world.moment);
        gas.push(await mined(world.deals.payBondedRebate(offer, deal.buyer)));
        gas.push(await mined(world.deals.reclaimBond(offer)));
        return gas.map((receipt) => receipt.gasUsed);
      }

      it("cost the next offer not one unit of gas", async () => {
        const alone = await gasAfter(0);
        expect(await gasAfter(1)).to.deep.equal(alone);
        expect(await gasAfter(64)).to.deep.equal(alone);
      });
    });

    describe("two relayers at once", () => {
      it("settle a deal once", async () => {
        const world = await loadWorld();
        const deal = dealOf(world);
        const outcome = await inOneBlock(
          async () => settleAs(world, world.relayer.runner),
          async () => settleAs(world, world.stranger.runner),
        );
        expect(outcome).to.deep.equal([true, false]);
        expect(await world.token.balanceOf(world.dealsAddress)).to.equal(R);
        expect((await world.deals.referralStatusOf(referralIdOf(deal))).state).to.equal(DealState.SETTLED);
      });

      it("settle and lodge: whoever comes first", async () => {
        const world = await loadWorld();
        const deal = dealOf(world);
        const evidence = signOffer(world, offerOf(world));
        const { customer, buyer } = signDeal(world, deal);
        const lodging = async () =>
          world.deals
            .connect(world.stranger.runner)
            .lodge(evidence, deal, customer, buyer, BY_ALLOWANCE, { gasLimit: 500_000n });
        const outcome = await inOneBlock(lodging, async () => settleAs(world, world.relayer.runner));
        expect(outcome).to.deep.equal([true, false]);
        expect(await world.token.balanceOf(world.dealsAddress)).to.equal(Q2);
        await countersign(world, deal);
        expect(await world.token.balanceOf(world.dealsAddress)).to.equal(R);
      });

      it("take the last use of an offer once", async () => {
        const world = await loadWorld();
        const offer = offerOf(world, { maxUses: 1n });
        await world.token.mint(world.stranger.address, Q2);
        await world.token.connect(world.stranger.runner).approve(world.dealsAddress, Q2);
        const lodging = (by: World["buyer"], from: World["buyer"]) => async () => {
          const deal = dealOf(world, offer, { buyer: by.address });
          const { customer, buyer } = signDeal(world, deal, { buyer: by });
          return world.deals
            .connect(from.runner)
            .lodge(signOffer(world, offer, { buyer: by }), deal, customer, buyer, BY_ALLOWANCE, { gasLimit: 500_000n });
        };
        const outcome = await inOneBlock(lodging(world.buyer, world.relayer), lodging(world.stranger, world.merchant));
        expect(outcome).to.deep.equal([true, false]);
        expect((await world.deals.offerStatusOf(idOf("Offer", offer))).uses).to.equal(1n);
        expect(await world.token.balanceOf(world.dealsAddress)).to.equal(Q2);
      });

      it("pay a rebate once", async () => {
        const world = await loadWorld();
        const deal = dealOf(world);
        await settle(world, deal);
        await lodgePromise(world, promiseOf(offerOf(world)));
        await time.increaseTo(world.moment);
        const paying = (from: World["buyer"]) => async () =>
          world.deals.connect(from.runner).payRebate(deal, { gasLimit: 200_000n });
        const before = await world.token.balanceOf(world.customer.address);
        expect(await inOneBlock(paying(world.relayer), paying(world.stranger))).to.deep.equal([true, false]);
        expect((await world.token.balanceOf(world.customer.address)) - before).to.equal(R);
      });

      async function settleAs(world: World, from: World["relayer"]["runner"]) {
        const deal = dealOf(world);
        const { customer, buyer, merchant } = signDeal(world, deal);
        return world.deals.connect(from).settle(deal, customer, buyer, merchant, BY_ALLOWANCE, { gasLimit: 500_000n });
      }
    });

    describe("a merchant's wallet that answers differently the second time", () => {
      async function fixture() {
        const world = await loadWorld();
        const offer = offerOf(world);
        await openOffer(world, offer);
        await install("FickleWallet", world.merchant.address);
        const wallet = await ethers.getContractAt("FickleWallet", world.merchant.address);
        await wallet.setAccepts(true);
        return { world, offer, deal: dealOf(world, offer), wallet };
      }

      it("undoes no deal that is settled", async () => {
        const { world, offer, deal, wallet } = await fixture();
        await settleWithEvidence(world, offer, deal);
        await lodgePromise(world, promiseOf(offer));
        await wallet.setAccepts(false);
        await at(world.moment);
        const paying = world.deals.payBondedRebate(offer, deal.buyer);
        expect(await moved(world, paying)).to.deep.equal([-R, 0n, R, 0n]);
      });

      it("undoes no deal that is lodged: its silence is a default", async () => {
        const { world, offer, deal, wallet } = await fixture();
        await lodge(world, offer, deal);
        await wallet.setAccepts(false);
        const merchant = signDeal(world, deal, { merchant: world.stranger }).merchant;
        const attempt = countersign(world, deal, { signatures: { merchant } });
        const args = [deal.merchant, dealDigests(world, deal).merchant];
        await refused(world, attempt, "DealsWrongSignature", args, async () => {
          await at(world.moment);
          await world.deals.refundLodged(deal);
        });
        const paying = world.deals.payBondedRebate(offer, deal.buyer);
        expect(await moved(world, paying)).to.deep.equal([-R, 0n, R, 0n]);
      });

      it("can repudiate an offer before it is lodged, and costs nobody more than the deal", async () => {
        const { world, offer, deal, wallet } = await fixture();
        await wallet.setAccepts(false);
        const before = await world.token.balanceOf(world.buyer.address);
        const evidence = signOffer(world, offer, { merchant: world.stranger });
        const args = [deal.merchant, offerDigests(world, offer, deal.buyer).merchant];
        await refused(world, lodge(world, evidence, deal), "DealsWrongSignature", args, async () => {
          await wallet.setAccepts(true);
          await lodge(world, evidence, deal);
        });
        expect(before - (await world.token.balanceOf(world.buyer.address))).to.equal(Q2);
      });

      it("can repudiate a promise before it is lodged, and none that is", async () => {
        const { world, offer, deal, wallet } = await fixture();
        await settleWithEvidence(world, offer, deal);
        await wallet.setAccepts(false);
        const signatures = { merchant: world.stranger.sign(ethers.id("anything")) };
        const attempt = lodgePromise(world, promiseOf(offer), { signatures });
        const args = [deal.merchant, promiseDigests(world, promiseOf(offer), deal.buyer).merchant];
        await refused(world, attempt, "DealsWrongSignature", args, async () => {
          await wallet.setAccepts(true);
          await lodgePromise(world, promiseOf(offer), { signatures });
          await wallet.setAccepts(false);
        });
        await at(world.moment);
        const paying = world.deals.payBondedRebate(offer, deal.buyer);
        expect(await moved(world, paying)).to.deep.equal([-R, 0n, R, 0n]);
      });
    });

    describe("a party that is a contract that reverts", () => {
      it("as the customer, is paid its rebate all the same", async () => {
        const world = await loadWorld();
        const deal = dealOf(world);
        await settle(world, deal);
        await lodgePromise(world, promiseOf(offerOf(world)));
        await install("RevertingWallet", world.customer.address);
        await at(world.moment);
        expect(await moved(world, world.deals.payRebate(deal))).to.deep.equal([-R, 0n, R, 0n]);
      });

      it("as the buyer, is refunded all the same", async () => {
        const world = await loadWorld();
        const deal = dealOf(world);
        await lodge(world, offerOf(world), deal);
        await install("RevertingWallet", world.buyer.address);
        await at(world.moment);
        expect(await moved(world, world.deals.refundLodged(deal))).to.deep.equal([-Q2, 0n, 0n, Q2]);
      });

      it("as the buyer, stops no countersigning and no rebate", async () => {
        const world = await loadWorld();
        const deal = dealOf(world);
        await lodge(world, offerOf(world), deal);
        await lodgePromise(world, promiseOf(offerOf(world)));
        await install("RevertingWallet", world.buyer.address);
        expect(await moved(world, countersign(world, deal))).to.deep.equal([R - Q2, Q2 - R, 0n, 0n]);
        await at(world.moment);
        expect(await moved(world, world.deals.payRebate(deal))).to.deep.equal([-R, 0n, R, 0n]);
      });

      for (const role of ["customer", "buyer"] as const) {
        it(`as the ${role}, signs nothing, and nothing of others is lost`, async () => {
          const world = await loadWorld();
          const deal = dealOf(world);
          const other = { ...deal, [role]: world.stranger.address };
          await world.token.mint(world.stranger.address, Q2);
          await world.token.connect(world.stranger.runner).approve(world.dealsAddress, Q2);
          await install("RevertingWallet", world[role].address);
          const signatures = { [role]: world.stranger.sign(dealDigests(world, deal)[role]) };
          const attempt = settle(world, deal, { signatures });
          const args = [deal[role], dealDigests(world, deal)[role]];
          await refused(world, attempt, "DealsWrongSignature", args, async () =>
            settle(world, other, { by: { [role]: world.stranger } }),
          );
        });
      }
    });

    describe("the last second", () => {
      it("is enough to lodge, whatever time it leaves the merchant", async () => {
        const world = await loadWorld();
        const offer = offerOf(world);
        const deal = dealOf(world, offer);
        await openOffer(world, offer);
        await at(world.moment - 1n);
        await lodge(world, offer, deal);
        const attempt = countersign(world, deal);
        await expect(attempt).to.be.revertedWithCustomError(world.deals, "DealsTooLate");
        await world.deals.refundLodged(deal);
        const paying = world.deals.payBondedRebate(offer, deal.buyer);
        expect(await moved(world, paying)).to.deep.equal([-R, 0n, R, 0n]);
      });

      it("is no use against a merchant who cancelled a second before", async () => {
        const world = await loadWorld();
        const offer = offerOf(world);
        await openOffer(world, offer);
        await at(world.moment - 2n);
        await world.deals.connect(world.merchant.runner).cancelOffer(offer);
        await at(world.moment - 1n);
        const args = [idOf("Offer", offer)];
        await refused(world, lodge(world, offer, dealOf(world, offer)), "DealsOfferCancelled", args, async () =>
          world.deals.reclaimBond(offer),
        );
      });
    });

    it("keeps the directly settled beside the offer's uses: a relayer chooses the way, the merchant's money is the same", async () => {
      const world = await loadWorld();
      const offer = offerOf(world);
      const deal = dealOf(world, offer);
      const start = await world.token.balanceOf(world.merchant.address);
      await openOffer(world, offer);
      await settle(world, deal);
      expect((await world.deals.referralStatusOf(referralIdOf(deal))).funding).to.equal(Funding.HELD);
      await lodgePromise(world, promiseOf(offer));
      await at(world.moment);
      await world.deals.payRebate(deal);
      await world.deals.reclaimBond(offer);
      expect((await world.token.balanceOf(world.merchant.address)) - start).to.equal(Q2 - R);
      expect(await world.token.balanceOf(world.dealsAddress)).to.equal(0n);
    });
  });
});
