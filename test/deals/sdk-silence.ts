import { expect } from "chai";

import { referralIdOf } from "../../sdk/src/index.js";
import {
  approve,
  at,
  expectDealError,
  expectRevert,
  type Hall,
  loadHall,
  openSessions,
  playTo,
  Q2,
  R,
  type Sessions,
  type Story,
} from "../helpers/dealSessions.js";

/** Each row of "When somebody goes silent", through sessions and the client. */
describe("deals SDK", () => {
  describe("when somebody goes silent", () => {
    let hall: Hall;
    let sessions: Sessions;
    const clients = () => ({
      merchant: hall.halls.merchant.deals,
      customer: hall.halls.customer.deals,
      buyer: hall.halls.buyer.deals,
      anyone: hall.halls.stranger.deals,
    });
    const balanceOf = (account: string) => hall.token.balanceOf(account);
    const expectBooks = async (owed: bigint) => {
      expect(await clients().anyone.booksOf(hall.tokenAddress)).to.include({ held: owed, owed, surplus: 0n });
    };
    const referral = () => clients().anyone.referralStatusOf(referralIdOf(sessions.buyer.file.body.deal!));

    async function play(story: Story = {}): Promise<void> {
      hall = await loadHall();
      sessions = await openSessions(hall);
      await playTo(hall, sessions, "buyerSigned", story);
    }

    for (const stage of ["offer", "named"] as const) {
      it(`${stage === "offer" ? "the customer" : "the buyer"} never endorses: the offer lapses, and the bond returns`, async () => {
        hall = await loadHall();
        sessions = await openSessions(hall);
        await playTo(hall, sessions, stage, { offer: { maxUses: 2 }, open: true });
        await expectBooks(2n * R);
        await expectRevert(clients().anyone.reclaimBond(sessions.merchant.file), "DealsOfferRunning");
        expect(await clients().anyone.missingFor("reclaimBond", sessions.merchant.file)).to.deep.include({
          kind: "time",
          from: hall.moment,
          now: (await clients().anyone.factsOf(sessions.merchant.file)).now,
        });
        await at(hall.moment);
        expect(await sessions.merchant.nextStep()).to.include({ action: "reclaimBond", yours: true });
        const back = await (await clients().anyone.reclaimBond(sessions.merchant.file)).wait();
        expect(back).to.include({ uses: 2, amount: 2n * R });
        await expectBooks(0n);
        expect(await sessions.customer.nextStep()).to.include({
          turn: "nobody",
          what: "The rebate moment passed and nothing was settled: the offer lapsed.",
        });
      });
    }

    it("the merchant says nothing: the buyer lodges, and is refunded in full at the moment", async () => {
      await play();
      expect(await sessions.buyer.nextStep()).to.deep.include({ turn: "merchant", yours: false });
      const before = await balanceOf(sessions.buyer.account);
      const lodged = await (await clients().buyer.lodge(sessions.buyer.file)).wait();
      expect(lodged).to.include({ amount: Q2, funding: "NONE", caller: sessions.buyer.account });
      await expectBooks(Q2);
      expect(await sessions.buyer.nextStep()).to.include({ turn: "merchant", action: "countersign" });
      await expectRevert(clients().anyone.refundLodged(sessions.buyer.file), "DealsTooEarly");

      await at(hall.moment);
      expect(await sessions.customer.nextStep()).to.include({ action: "refundLodged", yours: true });
      const refunded = await (await clients().anyone.refundLodged(sessions.buyer.file)).wait();
      expect(refunded).to.include({ refund: Q2, merchant: sessions.merchant.account });
      expect(await balanceOf(sessions.buyer.account)).to.equal(before);
      expect(await referral()).to.include({ state: "DEFAULTED" });
      await expectBooks(0n);
    });

    it("the merchant countersigns a lodged deal until the moment", async () => {
      await play();
      await (await clients().customer.lodge(sessions.buyer.file)).wait();
      await sessions.merchant.approveDeal();
      const settled = await (await clients().merchant.countersign(sessions.merchant.file)).wait();
      expect(settled).to.include({ funding: "HELD" });
      await expectBooks(R);
    });

    it("the merchant defaults where there is a bond: the rebate goes to the customer", async () => {
      await play({ open: true, offer: { rebate: Q2 + 10n } });
      await (await clients().buyer.lodge(sessions.buyer.file)).wait();
      await expectBooks(2n * Q2 + 10n);
      await at(hall.moment);
      await (await clients().anyone.refundLodged(sessions.buyer.file)).wait();
      expect(await sessions.customer.nextStep()).to.include({ action: "payBondedRebate", yours: true });
      const paid = await (await clients().anyone.payBondedRebate(sessions.buyer.file)).wait();
      expect(paid).to.include({ paid: true, receiver: sessions.customer.account, rebate: Q2 + 10n });
      await expectBooks(0n);
    });

    it("the customer brings the promise late: no rebate, what was held goes to the merchant", async () => {
      await play();
      await (await clients().merchant.settle(sessions.merchant.file)).wait();
      await expectBooks(R);
      await at(hall.moment);
      await expectRevert(clients().customer.lodgePromise(sessions.customer.file), "DealsTooLate");
      expect(await clients().customer.missingFor("lodgePromise", sessions.customer.file)).to.deep.include({
        kind: "late",
        before: hall.moment,
        now: (await clients().customer.factsOf(sessions.customer.file)).now,
      });
      const returned = await (await clients().anyone.payRebate(sessions.buyer.file)).wait();
      expect(returned).to.include({ paid: false, receiver: sessions.merchant.account });
      await expectBooks(0n);
    });

    it("the buyer withdraws its allowance before lodging: settling is refused, with nothing consumed", async () => {
      await play();
      await (await hall.token.connect(hall.signers.buyer).approve(hall.reader.contract, 0n)).wait();
      await expectDealError(clients().merchant.settle(sessions.merchant.file), "DEAL_ALLOWANCE_SHORT", { short: Q2 });
      expect(await clients().merchant.missingFor("settle", sessions.merchant.file)).to.deep.equal([
        { kind: "allowance", account: sessions.buyer.account, short: Q2 },
      ]);
      expect(await referral()).to.include({ state: "NONE", funding: "NONE" });
      await approve(hall, hall.signers.buyer);
      await (await clients().merchant.settle(sessions.merchant.file)).wait();
    });

    it("the merchant cancels by id: no further use, while what is lodged stands", async () => {
      await play({ offer: { maxUses: 2 } });
      await (await clients().merchant.cancelOffer(sessions.merchant.file)).wait();
      await expectRevert(clients().buyer.lodge(sessions.buyer.file), "DealsOfferCancelled");
      expect(await clients().buyer.missingFor("lodge", sessions.buyer.file)).to.deep.equal([{ kind: "cancelled" }]);
      for (const session of Object.values(sessions)) {
        expect(await session.nextStep()).to.include({ turn: "nobody", what: "The merchant cancelled the offer." });
      }
    });

    it("the merchant cancels all at once, and takes its bond back before the moment", async () => {
      await play({ open: true });
      const { counter } = await (await clients().merchant.increaseCounter()).wait();
      expect(counter).to.equal(1);
      await expectRevert(clients().buyer.lodge(sessions.buyer.file), "DealsWrongCounter");
      const back = await (await clients().merchant.reclaimBond(sessions.merchant.file)).wait();
      expect(back.amount).to.equal(R);
      await expectBooks(0n);
    });

    it("promotion only: the rebate is due without a deal", async () => {
      hall = await loadHall();
      sessions = await openSessions(hall);
      await playTo(hall, sessions, "promised", { open: true, offer: { rebateRule: "PROMOTION_ONLY", maxUses: 2 } });
      await sessions.customer.endorsePromise();
      expect(await sessions.customer.nextStep()).to.include({ action: "lodgePromotion", yours: true });
      const lodged = await (await clients().customer.lodgePromotion(sessions.customer.file)).wait();
      expect(lodged).to.include({ funding: "BOND", buyer: sessions.buyer.account });
      await expectBooks(2n * R);
      expect(await clients().anyone.usesLeftOf(sessions.merchant.file.body.offer!)).to.equal(1);
      await at(hall.moment);
      const paid = await (await clients().anyone.payBondedRebate(sessions.customer.file)).wait();
      expect(paid).to.include({ paid: true, receiver: sessions.customer.account, rebate: R });
      await (await clients().anyone.reclaimBond(sessions.merchant.file)).wait();
      await expectBooks(0n);
      expect(await balanceOf(sessions.customer.account)).to.equal(10n ** 9n + R);
    });

    it("a bond pays the rebate where it is more than the price, and the whole price goes to the merchant", async () => {
      await play({ open: true, offer: { rebate: Q2 + 1n } });
      expect(await sessions.merchant.nextStep()).to.include({ action: "settleWithEvidence", yours: true });
      await expectRevert(clients().merchant.settle(sessions.merchant.file), "DealsRebateAbovePrice");
      await sessions.merchant.approveDeal();
      const before = await balanceOf(sessions.merchant.account);
      const settled = await (await clients().merchant.settleWithEvidence(sessions.merchant.file)).wait();
      expect(settled.funding).to.equal("BOND");
      expect((await balanceOf(sessions.merchant.account)) - before).to.equal(Q2);
      await expectBooks(Q2 + 1n);
      await at(hall.moment);
      const returned = await (await clients().anyone.payBondedRebate(sessions.merchant.file)).wait();
      expect(returned).to.include({ paid: false, receiver: sessions.merchant.account });
      await expectBooks(0n);
    });
  });
});
