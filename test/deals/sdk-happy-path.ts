import { expect } from "chai";

import { dealIdOf, referralIdOf } from "../../sdk/src/index.js";
import { at, DAY, ethers, loadHall, openSessions, playTo, Q1, Q2, R } from "../helpers/dealSessions.js";

describe("deals SDK", () => {
  describe("the happy path", () => {
    it("settles through sessions that pass JSON alone, and pays the rebate", async () => {
      const hall = await loadHall();
      const sessions = await openSessions(hall);
      const { merchant, customer, buyer } = sessions;
      const { deals } = hall.halls.stranger;
      const balances = async () =>
        Promise.all([merchant, customer, buyer].map(({ account }) => hall.token.balanceOf(account)));
      const before = await balances();
      await playTo(hall, sessions, "buyerSigned");

      const file = merchant.file;
      const deal = file.body.deal;
      if (deal === undefined) expect.fail("no deal");
      expect(deal.amount).to.equal(Q2);
      const referralId = referralIdOf(deal);
      expect(await merchant.approveDeal()).to.deep.equal({ referralId, dealId: dealIdOf(deal) });
      const settled = await (await hall.halls.merchant.deals.settle(file)).wait();
      expect(settled).to.deep.equal({
        referralId,
        merchant: merchant.account,
        buyer: buyer.account,
        offerId: deal.offerId,
        dealId: dealIdOf(deal),
        customer: customer.account,
        token: hall.tokenAddress,
        amount: Q2,
        rebate: R,
        rebateMoment: hall.moment,
        funding: "HELD",
      });
      const promised = await (await hall.halls.customer.deals.lodgePromise(customer.file)).wait();
      expect(promised).to.include({ referralId, customer: customer.account, funding: "HELD" });
      expect(await deals.referralStatusOf(referralId)).to.deep.equal({
        state: "SETTLED",
        promised: true,
        funding: "HELD",
        closed: false,
      });

      const books = await deals.booksOf(hall.tokenAddress);
      expect(books).to.include({ held: R, owed: R, surplus: 0n });
      expect(books.claims).to.deep.equal([
        {
          kind: "rebate",
          id: referralId,
          token: hall.tokenAddress,
          amount: R,
          receiver: customer.account,
          from: hall.moment,
          call: "payRebate",
        },
      ]);
      expect(await deals.claims(customer.account)).to.have.length(1);
      expect(await deals.claims(merchant.account)).to.have.length(0);

      await at(hall.moment);
      const paid = await (await deals.payRebate(customer.file)).wait();
      expect(paid).to.include({ paid: true, receiver: customer.account, rebate: R });
      const after = await balances();
      expect(after.map((balance, index) => balance - (before[index] ?? 0n))).to.deep.equal([Q2 - R, R, -Q2]);
      expect(await deals.booksOf(hall.tokenAddress)).to.include({ held: 0n, owed: 0n, surplus: 0n });
      for (const session of [merchant, customer, buyer]) {
        const step = await session.nextStep();
        expect(step).to.include({ turn: "nobody", yours: false });
      }
    });

    it("is told step by step by nextStep, to each party", async () => {
      const hall = await loadHall();
      const { merchant, customer, buyer } = await openSessions(hall);
      const all = { merchant, customer, buyer };
      const expectTurn = async (turn: string, action: string) => {
        for (const session of Object.values(all)) await session.receive(merchant.export());
        for (const session of Object.values(all)) {
          const step = await session.nextStep();
          const mine = turn === session.role || turn === "anyone";
          expect(step, `${action}, as the ${session.role} sees it`).to.include({ turn, action, yours: mine });
        }
      };
      const share = async (json: string) => {
        for (const session of Object.values(all)) await session.receive(json);
      };

      expect(await merchant.nextStep()).to.include({ turn: "merchant", action: "draftOffer" });
      const { tokenAddress: token, moment: rebateMoment } = hall;
      await share(
        await merchant.draftSale({ customer: customer.account, token, amount: Q1, itemHash: ethers.id("item") }),
      );
      await expectTurn("customer", "endorseSale");
      await share(await customer.endorseSale());
      await expectTurn("anyone", "recordSale");
      await (await hall.halls.stranger.deals.recordSale(customer.file)).wait();
      await expectTurn("merchant", "draftOffer");
      await share(await merchant.draftOffer({ policy: "PERCENT_OFF", discount: 1_000n, rebateMoment, rebate: R }));
      await expectTurn("customer", "endorseOffer");
      expect((await buyer.nextStep()).until).to.equal(rebateMoment);
      await share(await customer.endorseOffer({ buyer: buyer.account }));
      await expectTurn("buyer", "endorseOffer");
      await share(await buyer.endorseOffer());
      await expectTurn("buyer", "endorsePromise");
      await share(await buyer.endorsePromise());

      // From here on customer and buyer each have something to do.
      expect(await buyer.nextStep()).to.include({ turn: "buyer", action: "draftDeal", yours: true });
      expect(await customer.nextStep()).to.include({ turn: "customer", action: "endorsePromise", yours: true });
      await share(await buyer.draftDeal({ itemHash: ethers.id("another item") }));
      await expectTurn("customer", "signDeal");
      await share(await customer.signDeal());
      expect(await customer.nextStep()).to.include({ action: "endorsePromise", yours: true });
      expect(await buyer.nextStep()).to.include({ action: "signDeal", yours: true });
      await share(await customer.endorsePromise());
      expect(await customer.nextStep()).to.include({ action: "lodgePromise", via: "client", yours: true });
      await (await hall.token.connect(hall.signers.buyer).approve(hall.reader.contract, Q2)).wait();
      await share(await buyer.signDeal());
      expect(await merchant.nextStep()).to.include({ action: "settle", via: "client", yours: true });
      const waiting = await buyer.nextStep();
      expect(waiting).to.include({ yours: false });
      await (await hall.halls.customer.deals.lodgePromise(customer.file)).wait();
      expect((await buyer.nextStep()).fallback).to.deep.equal({ action: "lodge", before: rebateMoment });
      await (await hall.halls.merchant.deals.settle(merchant.file)).wait();
      for (const session of Object.values(all)) {
        const step = await session.nextStep();
        expect(step).to.deep.include({ action: "payRebate", yours: false, from: rebateMoment });
        expect(step.missing).to.have.length(1);
      }
      await at(rebateMoment + DAY);
      await expectTurn("anyone", "payRebate");
    });

    it("settles through a relayer, with the merchant's signature", async () => {
      const hall = await loadHall();
      const sessions = await openSessions(hall);
      await playTo(hall, sessions, "buyerSigned");
      await sessions.merchant.signDeal();
      const { buyer } = await (await hall.halls.stranger.deals.settle(sessions.merchant.file)).wait();
      expect(buyer).to.equal(sessions.buyer.account);
    });

    it("settles on the evidence of the complete offer", async () => {
      const hall = await loadHall();
      const sessions = await openSessions(hall);
      await playTo(hall, sessions, "buyerSigned");
      await sessions.merchant.approveDeal();
      const { funding, offerId } = await (
        await hall.halls.merchant.deals.settleWithEvidence(sessions.merchant.file)
      ).wait();
      expect(funding).to.equal("HELD");
      expect(await hall.halls.merchant.deals.offerStatusOf(offerId)).to.include({ uses: 1 });
    });

    it("makes the new deal the base of the next offer", async () => {
      const hall = await loadHall();
      const sessions = await openSessions(hall);
      await playTo(hall, sessions, "buyerSigned");
      await (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();
      const { saleId } = await (await hall.halls.stranger.deals.recordReferredSale(sessions.merchant.file)).wait();

      // The buyer is the customer now, and brings the stranger.
      const next = await openSessions(hall, {
        signers: { customer: hall.signers.buyer, buyer: hall.signers.stranger },
      });
      const { merchant, customer, buyer } = next;
      const terms = { policy: "AMOUNT_OFF", discount: 3n, rebateMoment: hall.moment, rebate: 7n } as const;
      await customer.receive(await merchant.draftOffer({ saleId, ...terms }));
      await buyer.receive(await customer.endorseOffer({ buyer: buyer.account }));
      await buyer.endorseOffer();
      await buyer.endorsePromise();
      await customer.receive(await buyer.draftDeal({ itemHash: ethers.id("a third item") }));
      await buyer.receive(await customer.signDeal());
      const { paid, ...pay } = { paid: Q2 - 3n, method: "PERMIT" as const };
      await merchant.receive(await buyer.signDeal(pay));
      await merchant.approveDeal();
      const settled = await (await hall.halls.merchant.deals.settle(merchant.file)).wait();
      expect(settled).to.include({ amount: paid, customer: sessions.buyer.account, buyer: buyer.account });
    });
  });
});
