import { expect } from "chai";

import {
  byAllowance,
  createDealFile,
  dealIdOf,
  encodeDealFile,
  type Endorsement,
  endorsementTypedData,
  type Offer,
  offerIdOf,
  signatureIn,
  signTyped,
} from "../../sdk/src/index.js";
import {
  approve,
  at,
  expectDealError,
  type Hall,
  loadHall,
  openSessions,
  playTo,
  Q1,
  Q2,
  R,
  type Sessions,
} from "../helpers/dealSessions.js";

describe("deals SDK", () => {
  describe("CustomerSession", () => {
    let hall: Hall;
    let sessions: Sessions;
    const named = () => ({ buyer: sessions.buyer.account });

    beforeEach(async () => {
      hall = await loadHall();
      sessions = await openSessions(hall);
    });

    describe("endorseSale", () => {
      it("refuses without a sale", async () => {
        await expectDealError(sessions.customer.endorseSale(), "DEAL_DOCUMENT_MISSING", { part: "sale" });
      });

      it("refuses a sale that is recorded already", async () => {
        await playTo(hall, sessions, "sale");
        await expectDealError(sessions.customer.endorseSale(), "DEAL_WRONG_STATE", { actual: "RECORDED" });
      });

      it("says how it pays, where the sale is paid through the contract", async () => {
        await approve(hall, hall.signers.customer);
        await playTo(hall, sessions, "sale", { sale: { paidElsewhere: false, refundableUntil: hall.moment } });
        expect(sessions.customer.file.body.salePayment).to.deep.equal(byAllowance);
        const saleId = (await hall.halls.stranger.deals.history({ names: ["SaleRecorded"] }))[0]!.args as {
          readonly saleId: string;
        };
        expect(await hall.halls.stranger.deals.saleOf(saleId.saleId)).to.include({ state: "ESCROWED", amount: Q1 });
      });

      it("refuses to promise money that is not there", async () => {
        const { customer } = hall.signers;
        const sale = {
          customer: customer.address,
          token: hall.tokenAddress,
          amount: Q1,
          itemHash: `0x${"01".repeat(32)}`,
        };
        await sessions.customer.receive(await sessions.merchant.draftSale({ ...sale, paidElsewhere: false }));
        await expectDealError(sessions.customer.endorseSale(), "DEAL_ALLOWANCE_SHORT", { short: Q1 });
        await (await hall.token.connect(customer).transfer(hall.signers.stranger.address, 10n ** 9n)).wait();
        await expectDealError(sessions.customer.endorseSale({ method: "PERMIT" }), "DEAL_BALANCE_SHORT", { short: Q1 });
        expect(signatureIn(sessions.customer.file, "CustomerSaleEndorsement")).to.equal(undefined);
      });
    });

    describe("endorseOffer", () => {
      it("refuses without the merchant's signatures", async () => {
        await expectDealError(sessions.customer.endorseOffer(named()), "DEAL_SIGNATURE_MISSING", {
          missing: "MerchantOfferEndorsement",
        });
        await playTo(hall, sessions, "offer");
        const other = await openSessions(hall);
        const signatures = sessions.merchant.file.signatures.filter(
          ({ endorsement }) => endorsement !== "MerchantPromiseEndorsement",
        );
        await other.customer.receive(encodeDealFile({ ...sessions.merchant.file, signatures }));
        await expectDealError(other.customer.endorseOffer(named()), "DEAL_SIGNATURE_MISSING", {
          missing: "MerchantPromiseEndorsement",
        });
      });

      it("refuses a buyer that is the merchant, itself or nobody", async () => {
        await playTo(hall, sessions, "offer");
        for (const buyer of [sessions.merchant.account, sessions.customer.account, `0x${"00".repeat(20)}`]) {
          await expectDealError(sessions.customer.endorseOffer({ buyer }), "DEAL_PARTIES_NOT_DISTINCT");
        }
        expect(sessions.customer.file.body.buyer).to.equal(undefined);
      });

      it("refuses a second buyer in one file", async () => {
        await playTo(hall, sessions, "named");
        const buyer = hall.signers.stranger.address;
        await expectDealError(sessions.customer.endorseOffer({ buyer }), "DEAL_FILE_CONFLICT", {
          path: "$.body.buyer",
        });
      });

      it("refuses from the rebate moment on", async () => {
        await playTo(hall, sessions, "offer");
        await at(hall.moment);
        await expectDealError(sessions.customer.endorseOffer(named()), "DEAL_TOO_LATE", { before: hall.moment });
      });

      it("refuses a cancelled offer, and one of a stale counter", async () => {
        await playTo(hall, sessions, "offer");
        await (await hall.halls.merchant.deals.increaseCounter()).wait();
        await expectDealError(sessions.customer.endorseOffer(named()), "DEAL_WRONG_COUNTER", { expected: 1 });
        await (await hall.halls.merchant.deals.cancelOffer(sessions.merchant.file)).wait();
        await expectDealError(sessions.customer.endorseOffer(named()), "DEAL_OFFER_CANCELLED");
      });

      it("refuses an offer whose base sale is recorded with other terms, or not at all", async () => {
        await playTo(hall, sessions, "offer");
        const base = sessions.merchant.file.body.offer!;
        /** What a merchant with a session of its own making could sign. */
        const forged = async (change: Partial<Offer>) => {
          const offer = { ...base, ...change };
          const { merchant, customer, rebate, rebateMoment } = offer;
          const rebatePromise = { offerId: offerIdOf(offer), merchant, customer, rebate, rebateMoment };
          const sign = async (endorsement: Endorsement) =>
            (await signTyped(hall.signers.merchant, endorsementTypedData(hall.reader, endorsement))).signature;
          const file = createDealFile(hall.reader, { offer, rebatePromise }, [
            {
              endorsement: "MerchantOfferEndorsement",
              signature: await sign({ type: "MerchantOfferEndorsement", offer }),
            },
            {
              endorsement: "MerchantPromiseEndorsement",
              signature: await sign({ type: "MerchantPromiseEndorsement", rebatePromise }),
            },
          ]);
          const { customer: session } = await openSessions(hall);
          await session.receive(encodeDealFile(file));
          return session.endorseOffer(named());
        };
        await expectDealError(forged({ saleAmount: Q1 + 1n }), "DEAL_SALE_TERMS_DIFFER", {
          term: "amount",
          expected: Q1,
          actual: Q1 + 1n,
        });
        await expectDealError(forged({ token: hall.reader.contract }), "DEAL_SALE_TERMS_DIFFER", { term: "token" });
        await expectDealError(forged({ saleId: `0x${"99".repeat(32)}` }), "DEAL_SALE_NOT_RECORDED", { actual: "NONE" });
        await forged({});
      });

      it("refuses an offer without the bond that it needs", async () => {
        await playTo(hall, sessions, "offer", { offer: { rebateRule: "PROMOTION_ONLY" } });
        await expectDealError(sessions.customer.endorseOffer(named()), "DEAL_BOND_REQUIRED", { opened: false });
        expect(await sessions.customer.nextStep()).to.include({ turn: "merchant", action: "openOffer" });
        await approve(hall, hall.signers.merchant);
        await (await hall.halls.merchant.deals.openOffer(sessions.merchant.file)).wait();
        await sessions.customer.endorseOffer(named());
      });
    });

    describe("signDeal", () => {
      it("refuses until the buyer endorsed the rebate promise", async () => {
        await playTo(hall, sessions, "accepted");
        await sessions.customer.receive(await sessions.buyer.draftDeal({ itemHash: `0x${"02".repeat(32)}` }));
        await expectDealError(sessions.customer.signDeal(), "DEAL_SIGNATURE_MISSING", {
          missing: "BuyerPromiseEndorsement",
        });
        await sessions.customer.receive(await sessions.buyer.endorsePromise());
        await sessions.customer.signDeal();
      });

      it("refuses without a draft", async () => {
        await playTo(hall, sessions, "promised");
        await expectDealError(sessions.customer.signDeal(), "DEAL_DOCUMENT_MISSING", { part: "deal" });
      });

      it("refuses from the rebate moment on", async () => {
        await playTo(hall, sessions, "drafted");
        await at(hall.moment);
        await expectDealError(sessions.customer.signDeal(), "DEAL_TOO_LATE");
      });

      it("refuses a second deal for the same use", async () => {
        await playTo(hall, sessions, "buyerSigned", { offer: { maxUses: 2 } });
        await (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();
        await expectDealError(sessions.customer.signDeal(), "DEAL_WRONG_STATE", { actual: "SETTLED" });
        await expectDealError(sessions.buyer.signDeal(), "DEAL_WRONG_STATE", { actual: "SETTLED" });
      });
    });

    describe("endorsePromise", () => {
      it("refuses before the buyer endorsed it", async () => {
        await playTo(hall, sessions, "accepted");
        await sessions.customer.receive(sessions.buyer.export());
        await expectDealError(sessions.customer.endorsePromise(), "DEAL_SIGNATURE_MISSING", {
          missing: "BuyerPromiseEndorsement",
        });
      });

      it("refuses from the rebate moment on", async () => {
        await playTo(hall, sessions, "promised");
        await at(hall.moment);
        await expectDealError(sessions.customer.endorsePromise(), "DEAL_TOO_LATE");
      });
    });

    describe("revoke", () => {
      it("takes the endorsement back, and the buyer honours it", async () => {
        await playTo(hall, sessions, "named");
        await sessions.buyer.receive(await sessions.customer.revoke());
        await expectDealError(sessions.buyer.endorseOffer(), "DEAL_REVOKED", { customer: sessions.customer.account });
        await expectDealError(sessions.customer.endorseOffer(named()), "DEAL_REVOKED");
        for (const session of Object.values(sessions)) {
          await session.receive(sessions.customer.export());
          expect(await session.nextStep()).to.include({
            turn: "nobody",
            what: "The customer revoked its endorsement.",
          });
        }
      });

      it("refuses before there is anything to revoke, and once the buyer endorsed", async () => {
        await playTo(hall, sessions, "offer");
        await expectDealError(sessions.customer.revoke(), "DEAL_SIGNATURE_MISSING");
        await playTo(hall, (sessions = await openSessions(hall)), "accepted", {
          sale: { salt: `0x${"03".repeat(32)}` },
        });
        await sessions.customer.receive(sessions.buyer.export());
        await expectDealError(sessions.customer.revoke(), "DEAL_PAST_REVOKING", { buyer: sessions.buyer.account });
      });

      it("that crosses the buyer's endorsement still keeps the customer from signing the deal", async () => {
        await playTo(hall, sessions, "named");
        await sessions.buyer.endorseOffer();
        await sessions.buyer.endorsePromise();
        await sessions.customer.revoke();
        await sessions.customer.receive(await sessions.buyer.draftDeal({ itemHash: `0x${"04".repeat(32)}` }));
        await expectDealError(sessions.customer.signDeal(), "DEAL_REVOKED");
        await expectDealError(sessions.customer.endorsePromise(), "DEAL_REVOKED");
      });
    });
  });

  describe("BuyerSession", () => {
    let hall: Hall;
    let sessions: Sessions;

    beforeEach(async () => {
      hall = await loadHall();
      sessions = await openSessions(hall);
    });

    it("refuses to endorse what the customer did not", async () => {
      await playTo(hall, sessions, "offer");
      await sessions.buyer.receive(sessions.merchant.export());
      await expectDealError(sessions.buyer.endorseOffer(), "DEAL_SIGNATURE_MISSING", {
        missing: "CustomerOfferEndorsement",
      });
    });

    it("refuses to endorse the promise, or to draft the deal, before the offer", async () => {
      await playTo(hall, sessions, "named");
      const missing = { missing: "BuyerOfferEndorsement" };
      await expectDealError(sessions.buyer.endorsePromise(), "DEAL_SIGNATURE_MISSING", missing);
      const draft = { itemHash: `0x${"05".repeat(32)}` };
      await expectDealError(sessions.buyer.draftDeal(draft), "DEAL_SIGNATURE_MISSING", missing);
    });

    it("drafts the deal at the policy's price, and the same when asked again", async () => {
      await playTo(hall, sessions, "drafted");
      const { deal } = sessions.buyer.file.body;
      expect(deal).to.include({ amount: Q2, rebate: R, buyer: sessions.buyer.account, rebateMoment: hall.moment });
      const draft = { itemHash: deal!.itemHash };
      await sessions.buyer.draftDeal(draft);
      expect(sessions.buyer.file.body.deal).to.deep.equal(deal);
      await expectDealError(sessions.buyer.draftDeal({ itemHash: `0x${"06".repeat(32)}` }), "DEAL_FILE_CONFLICT");
    });

    it("refuses to sign the deal before the customer", async () => {
      await playTo(hall, sessions, "drafted");
      await expectDealError(sessions.buyer.signDeal(), "DEAL_SIGNATURE_MISSING", {
        missing: "CustomerDealEndorsement",
      });
    });

    it("refuses to sign what it cannot pay", async () => {
      await playTo(hall, sessions, "customerSigned");
      await expectDealError(sessions.buyer.signDeal(), "DEAL_ALLOWANCE_SHORT", { allowance: 0n, short: Q2 });
      await (await hall.token.connect(hall.signers.buyer).transfer(hall.signers.stranger.address, 10n ** 9n)).wait();
      await expectDealError(sessions.buyer.signDeal({ method: "PERMIT" }), "DEAL_BALANCE_SHORT", { short: Q2 });
      expect(signatureIn(sessions.buyer.file, "BuyerDealEndorsement")).to.equal(undefined);
    });

    it("refuses everything from the rebate moment on", async () => {
      await playTo(hall, sessions, "customerSigned");
      await at(hall.moment);
      await expectDealError(sessions.buyer.endorseOffer(), "DEAL_TOO_LATE");
      await expectDealError(sessions.buyer.endorsePromise(), "DEAL_TOO_LATE");
      await expectDealError(sessions.buyer.draftDeal({ itemHash: `0x${"07".repeat(32)}` }), "DEAL_TOO_LATE");
      await expectDealError(sessions.buyer.signDeal({ method: "PERMIT" }), "DEAL_TOO_LATE", { before: hall.moment });
    });

    it("refuses a cancelled offer, and one of a stale counter", async () => {
      await playTo(hall, sessions, "customerSigned");
      await (await hall.halls.merchant.deals.increaseCounter()).wait();
      await expectDealError(sessions.buyer.signDeal(), "DEAL_WRONG_COUNTER");
      await (await hall.halls.merchant.deals.cancelOffer(sessions.merchant.file)).wait();
      await expectDealError(sessions.buyer.signDeal(), "DEAL_OFFER_CANCELLED");
    });

    it("signs a payment for this deal alone", async () => {
      await playTo(hall, sessions, "buyerSigned", { pay: { method: "PERMIT" } });
      const { dealPayment, deal } = sessions.merchant.file.body;
      expect(dealPayment).to.include({ method: "PERMIT", deadline: BigInt(hall.moment) });
      const settled = await (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();
      expect(settled.dealId).to.equal(dealIdOf(deal!));
    });
  });
});
