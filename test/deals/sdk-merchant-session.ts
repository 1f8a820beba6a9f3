import { expect } from "chai";

import {
  CustomerSession,
  dealIdOf,
  encodeDealFile,
  MerchantSession,
  offerIdOf,
  referralIdOf,
  serialUseBook,
  signatureIn,
  type TextStore,
} from "../../sdk/src/index.js";
import {
  approve,
  at,
  ethers,
  expectDealError,
  type Hall,
  itemHash,
  loadHall,
  openSessions,
  optionsFor,
  playTo,
  Q1,
  Q2,
  R,
  type Sessions,
} from "../helpers/dealSessions.js";

/** Keeps a text in memory, where a test can look at it. */
function textStore(): TextStore & { readonly texts: string[] } {
  const texts: string[] = [];
  return {
    texts,
    load: () => Promise.resolve(texts.at(-1)),
    save: (text) => {
      texts.push(text);
      return Promise.resolve();
    },
  };
}

describe("deals SDK", () => {
  describe("MerchantSession", () => {
    let hall: Hall;
    let sessions: Sessions;
    const sale = () => ({ customer: sessions.customer.account, token: hall.tokenAddress, amount: Q1, itemHash });
    const terms = () => ({ policy: "PERCENT_OFF", discount: 1_000n, rebateMoment: hall.moment, rebate: R }) as const;

    beforeEach(async () => {
      hall = await loadHall();
      sessions = await openSessions(hall);
    });

    describe("draftSale", () => {
      it("drafts and endorses the sale", async () => {
        await sessions.merchant.draftSale(sale());
        expect(sessions.merchant.file.body.sale).to.include({ merchant: sessions.merchant.account, amount: Q1 });
        expect(sessions.merchant.file.body.paidElsewhere).to.equal(true);
        expect(signatureIn(sessions.merchant.file, "MerchantSaleEndorsement")).to.match(/^0x[0-9a-f]{130}$/);
      });

      it("gives the same file when it is called again", async () => {
        const first = await sessions.merchant.draftSale(sale());
        expect(await sessions.merchant.draftSale(sale())).to.equal(first);
      });

      it("refuses a sale of nothing", async () => {
        await expectDealError(sessions.merchant.draftSale({ ...sale(), amount: 0n }), "DEAL_ZERO_AMOUNT");
      });

      it("refuses to sell to itself", async () => {
        const self = { ...sale(), customer: sessions.merchant.account };
        await expectDealError(sessions.merchant.draftSale(self), "DEAL_PARTIES_NOT_DISTINCT");
      });

      it("refuses to change a drafted sale", async () => {
        await sessions.merchant.draftSale(sale());
        await expectDealError(sessions.merchant.draftSale({ ...sale(), amount: Q1 + 1n }), "DEAL_FILE_CONFLICT", {
          path: "$.body.sale.amount",
        });
      });

      it("refuses a sale that is recorded already", async () => {
        await playTo(hall, sessions, "sale");
        await expectDealError(sessions.merchant.draftSale(sale()), "DEAL_WRONG_STATE", { actual: "RECORDED" });
      });
    });

    describe("draftOffer", () => {
      it("drafts the offer from the recorded sale, and the promise from the offer", async () => {
        await playTo(hall, sessions, "offer");
        const { offer, rebatePromise } = sessions.merchant.file.body;
        expect(offer).to.include({ saleAmount: Q1, token: hall.tokenAddress, counter: 0, maxUses: 1, free: false });
        expect(rebatePromise).to.include({ offerId: offerIdOf(offer!), rebate: R, rebateMoment: hall.moment });
        expect(signatureIn(sessions.merchant.file, "MerchantOfferEndorsement")).to.be.a("string");
        expect(signatureIn(sessions.merchant.file, "MerchantPromiseEndorsement")).to.be.a("string");
      });

      it("refuses without a sale", async () => {
        await expectDealError(sessions.merchant.draftOffer(terms()), "DEAL_DOCUMENT_MISSING", { part: "sale" });
      });

      it("refuses a sale that is not recorded", async () => {
        await sessions.merchant.draftSale(sale());
        await expectDealError(sessions.merchant.draftOffer(terms()), "DEAL_SALE_NOT_RECORDED", { actual: "NONE" });
      });

      it("refuses a sale that was refunded", async () => {
        await approve(hall, hall.signers.customer);
        await playTo(hall, sessions, "sale", { sale: { paidElsewhere: false, refundableUntil: hall.moment } });
        await (await hall.halls.merchant.deals.refundSale(sessions.merchant.file)).wait();
        await expectDealError(sessions.merchant.draftOffer(terms()), "DEAL_SALE_NOT_RECORDED", { actual: "REFUNDED" });
      });

      it("refuses somebody else's sale", async () => {
        await playTo(hall, sessions, "sale");
        const other = await MerchantSession.open(optionsFor(hall, hall.signers.stranger));
        const { saleId } = (await hall.halls.stranger.deals.history({ names: ["SaleRecorded"] }))[0]!.args as {
          readonly saleId: string;
        };
        await expectDealError(other.draftOffer({ saleId, ...terms() }), "DEAL_NOT_YOUR_ROLE");
      });

      const refusals = [
        ["a rebate of 0", { rebate: 0n }, "DEAL_ZERO_REBATE"],
        ["no uses", { maxUses: 0 }, "DEAL_ZERO_USES"],
        ["a discount out of range", { discount: 10_001n }, "DEAL_DISCOUNT_OUT_OF_RANGE"],
        ["a price that is not below", { discount: 0n }, "DEAL_PRICE_NOT_BELOW"],
        ["a price of 0 that is not meant", { discount: 10_000n }, "DEAL_NOT_FREE"],
      ] as const;
      for (const [title, change, code] of refusals) {
        it(`refuses ${title}`, async () => {
          await playTo(hall, sessions, "sale");
          await expectDealError(sessions.merchant.draftOffer({ ...terms(), ...change }), code);
          expect(sessions.merchant.file.body.offer).to.equal(undefined);
        });
      }

      it("refuses a rebate moment that is reached", async () => {
        await playTo(hall, sessions, "sale");
        await at(hall.moment);
        await expectDealError(sessions.merchant.draftOffer(terms()), "DEAL_TOO_LATE", { before: hall.moment });
      });

      it("refuses to change a drafted offer", async () => {
        await playTo(hall, sessions, "offer");
        await expectDealError(sessions.merchant.draftOffer({ ...terms(), rebate: R + 1n }), "DEAL_FILE_CONFLICT");
      });

      it("carries the merchant's present counter", async () => {
        await playTo(hall, sessions, "sale");
        await (await hall.halls.merchant.deals.increaseCounter()).wait();
        await sessions.merchant.draftOffer(terms());
        expect(sessions.merchant.file.body.offer?.counter).to.equal(1);
      });
    });

    describe("signOpening", () => {
      it("lets a relayer open the offer, paid by permit", async () => {
        await playTo(hall, sessions, "offer", { offer: { maxUses: 3 } });
        await sessions.merchant.signOpening({ method: "PERMIT" });
        const opened = await (await hall.halls.stranger.deals.openOffer(sessions.merchant.file)).wait();
        expect(opened).to.include({ uses: 3, rebate: R, rebateRule: "DEAL_REQUIRED" });
        expect(await hall.halls.stranger.deals.booksOf(hall.tokenAddress)).to.include({ held: 3n * R, owed: 3n * R });
      });

      it("refuses without the money", async () => {
        await playTo(hall, sessions, "offer");
        await expectDealError(sessions.merchant.signOpening(), "DEAL_ALLOWANCE_SHORT", { short: R });
        const { merchant } = hall.signers;
        await (await hall.token.connect(merchant).transfer(hall.signers.stranger.address, 10n ** 9n - R + 1n)).wait();
        await expectDealError(sessions.merchant.signOpening({ method: "PERMIT" }), "DEAL_BALANCE_SHORT", { short: 1n });
      });

      it("takes an account that holds exactly what is due", async () => {
        await playTo(hall, sessions, "offer");
        const { merchant, stranger } = hall.signers;
        await (await hall.token.connect(merchant).transfer(stranger.address, 10n ** 9n - R)).wait();
        await sessions.merchant.signOpening({ method: "PERMIT" });
        expect(sessions.merchant.file.body.bondPayment).to.include({ method: "PERMIT" });
      });

      it("refuses without an offer, and at the rebate moment", async () => {
        await expectDealError(sessions.merchant.signOpening(), "DEAL_DOCUMENT_MISSING", { part: "offer" });
        await playTo(hall, sessions, "offer");
        await at(hall.moment);
        await expectDealError(sessions.merchant.signOpening(), "DEAL_TOO_LATE");
      });
    });

    describe("approveDeal", () => {
      it("approves the complete deal, as often as it is asked", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const ids = await sessions.merchant.approveDeal();
        expect(await sessions.merchant.approveDeal()).to.deep.equal(ids);
      });

      it("refuses while signatures are missing", async () => {
        await playTo(hall, sessions, "customerSigned");
        await sessions.merchant.receive(sessions.buyer.export());
        await expectDealError(sessions.merchant.approveDeal(), "DEAL_SIGNATURE_MISSING", {
          missing: "BuyerDealEndorsement",
        });
      });

      it("refuses without the complete offer", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const { offer: _, sale: __, rebatePromise: ___, ...body } = sessions.buyer.file.body;
        const signatures = sessions.buyer.file.signatures.filter(({ endorsement }) =>
          endorsement.endsWith("DealEndorsement"),
        );
        const session = await MerchantSession.open(optionsFor(hall, hall.signers.merchant));
        await session.receive(encodeDealFile({ ...sessions.buyer.file, body, signatures }));
        await expectDealError(session.approveDeal(), "DEAL_DOCUMENT_MISSING", { part: "offer" });
      });

      it("refuses within its margin before the rebate moment, and from the moment on", async () => {
        sessions = await openSessions(hall, { merchant: { margin: 600 } });
        await playTo(hall, sessions, "buyerSigned");
        await at(hall.moment - 602);
        await sessions.merchant.approveDeal();
        await at(hall.moment - 600);
        await expectDealError(sessions.merchant.signDeal(), "DEAL_MARGIN_REACHED", {
          before: hall.moment,
          margin: 600,
        });
        await at(hall.moment);
        await expectDealError(sessions.merchant.signDeal(), "DEAL_TOO_LATE", { before: hall.moment });
      });

      it("draws the line at the very second, for the margin and for the moment", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const json = sessions.merchant.export();
        const approveAt = async (now: number) => {
          const clock = () => Promise.resolve(BigInt(now));
          const options = { ...optionsFor(hall, hall.signers.merchant), clock, margin: 600 };
          const session = await MerchantSession.open(options);
          await session.receive(json);
          return session.approveDeal();
        };
        await approveAt(hall.moment - 601);
        const line = { before: hall.moment, now: BigInt(hall.moment - 600) };
        await expectDealError(approveAt(hall.moment - 600), "DEAL_MARGIN_REACHED", line);
        await expectDealError(approveAt(hall.moment - 1), "DEAL_MARGIN_REACHED");
        await expectDealError(approveAt(hall.moment), "DEAL_TOO_LATE", { now: BigInt(hall.moment) });
      });

      it("refuses an offer of a stale counter", async () => {
        await playTo(hall, sessions, "buyerSigned");
        await (await hall.halls.merchant.deals.increaseCounter()).wait();
        await expectDealError(sessions.merchant.approveDeal(), "DEAL_WRONG_COUNTER", { expected: 1, actual: 0 });
      });

      it("refuses a cancelled offer", async () => {
        await playTo(hall, sessions, "buyerSigned");
        await (await hall.halls.merchant.deals.cancelOffer(sessions.merchant.file)).wait();
        const offerId = offerIdOf(sessions.merchant.file.body.offer!);
        await expectDealError(sessions.merchant.approveDeal(), "DEAL_OFFER_CANCELLED", { offerId });
      });

      it("refuses a base sale that was refunded since", async () => {
        await approve(hall, hall.signers.customer);
        const sale_ = { paidElsewhere: false, refundableUntil: hall.moment };
        await playTo(hall, sessions, "buyerSigned", { sale: sale_ });
        await (await hall.halls.merchant.deals.refundSale(sessions.merchant.file)).wait();
        await expectDealError(sessions.merchant.approveDeal(), "DEAL_SALE_NOT_RECORDED", { actual: "REFUNDED" });
      });

      it("refuses a rebate above the price without a bond", async () => {
        await playTo(hall, sessions, "offer", { offer: { rebate: Q2 + 1n } });
        await expectDealError(
          sessions.customer.endorseOffer({ buyer: sessions.buyer.account }),
          "DEAL_REBATE_ABOVE_PRICE",
          { price: Q2, rebate: Q2 + 1n },
        );
      });

      it("takes a rebate of the whole price without a bond", async () => {
        await playTo(hall, sessions, "offer", { offer: { rebate: Q2 } });
        await sessions.customer.endorseOffer({ buyer: sessions.buyer.account });
        expect(sessions.customer.file.body.offer?.rebate).to.equal(Q2);
      });

      it("refuses a buyer who cannot pay any more", async () => {
        await playTo(hall, sessions, "buyerSigned");
        const { buyer, stranger } = hall.signers;
        await (await hall.token.connect(buyer).approve(hall.reader.contract, Q2 - 1n)).wait();
        await expectDealError(sessions.merchant.approveDeal(), "DEAL_ALLOWANCE_SHORT", { short: 1n });
        await (await hall.token.connect(buyer).transfer(stranger.address, 10n ** 9n - Q2 + 2n)).wait();
        await expectDealError(sessions.merchant.approveDeal(), "DEAL_BALANCE_SHORT", { short: 2n });
      });

      it("refuses a payment that is not signed for this deal", async () => {
        await playTo(hall, sessions, "buyerSigned", { pay: { method: "PERMIT" } });
        const { body } = sessions.buyer.file;
        const forged = { ...body.dealPayment!, deadline: body.dealPayment!.deadline + 1n };
        const fresh = await MerchantSession.open(optionsFor(hall, hall.signers.merchant));
        await fresh.receive(encodeDealFile({ ...sessions.buyer.file, body: { ...body, dealPayment: forged } }));
        await expectDealError(fresh.approveDeal(), "DEAL_SIGNATURE_INVALID", {
          part: "dealPayment",
          account: sessions.buyer.account,
          method: "PERMIT",
          amount: Q2,
        });
        // The buyer's own file mends it, and whoever sends the forged one again changes nothing.
        await fresh.receive(sessions.buyer.export());
        await fresh.receive(encodeDealFile({ ...sessions.buyer.file, body: { ...body, dealPayment: forged } }));
        expect(fresh.file.body.dealPayment).to.deep.equal(body.dealPayment);
        await fresh.approveDeal();
        await (await hall.halls.merchant.deals.settle(fresh.file)).wait();
      });

      it("takes a permit that somebody else submitted already", async () => {
        await playTo(hall, sessions, "buyerSigned", { pay: { method: "PERMIT" } });
        const { deadline, signature } = sessions.merchant.file.body.dealPayment!;
        const { r, s, v } = ethers.Signature.from(signature);
        await hall.token.permit(sessions.buyer.account, hall.reader.contract, Q2, deadline, v, r, s);
        await sessions.merchant.approveDeal();
        await (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();
      });

      it("refuses what is settled already", async () => {
        await playTo(hall, sessions, "buyerSigned");
        await (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();
        await expectDealError(sessions.merchant.approveDeal(), "DEAL_WRONG_STATE", { actual: "SETTLED" });
      });

      /** The same buyer and offer, and another deal: what a customer and a buyer could try together. */
      async function secondDeal(): Promise<string> {
        const other = await openSessions(hall);
        const { deal: _, dealPayment: __, ...body } = sessions.buyer.file.body;
        const signatures = sessions.buyer.file.signatures.filter(
          ({ endorsement }) => !endorsement.endsWith("DealEndorsement"),
        );
        const template = encodeDealFile({ ...sessions.buyer.file, body, signatures });
        await other.buyer.receive(template);
        await other.customer.receive(template);
        await other.customer.receive(await other.buyer.draftDeal({ itemHash: ethers.id("something else") }));
        await other.buyer.receive(await other.customer.signDeal());
        return other.buyer.signDeal();
      }

      it("does not sign twice for one use, also in another session and after a crash", async () => {
        const store = textStore();
        sessions = await openSessions(hall, { merchant: { uses: serialUseBook(store) } });
        await playTo(hall, sessions, "buyerSigned", { offer: { maxUses: 5 } });
        const { referralId, dealId } = await sessions.merchant.approveDeal();

        const options = optionsFor(hall, hall.signers.merchant);
        const other = await MerchantSession.open({ ...options, uses: serialUseBook(store) });
        await other.receive(await secondDeal());
        await expectDealError(other.signDeal(), "DEAL_USE_SIGNED", { referralId, expected: dealId });
        expect(signatureIn(other.file, "MerchantDealEndorsement")).to.equal(undefined);
      });

      it("claims the use before it signs", async () => {
        const store = textStore();
        sessions = await openSessions(hall, { merchant: { uses: serialUseBook(store) } });
        await playTo(hall, sessions, "buyerSigned");
        const refusing = {
          address: sessions.merchant.account,
          signTyped: () => Promise.reject(new TypeError("the power failed")),
        };
        const session = await MerchantSession.open({ ...optionsFor(hall, refusing), uses: serialUseBook(store) });
        await session.receive(sessions.merchant.export());
        const failure = await session.signDeal().catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(TypeError);
        expect(store.texts).to.have.length(1);
        expect(store.texts[0]).to.contain(dealIdOf(session.file.body.deal!));
      });

      it("counts uses that others took on chain", async () => {
        await playTo(hall, sessions, "buyerSigned", { offer: { maxUses: 1 } });
        const { merchant, customer, buyer } = sessions;
        // The customer brings a second one, although the offer has one use.
        const second = await openSessions(hall, { signers: { buyer: hall.signers.stranger } });
        const { buyer: _, deal: __, dealPayment: ___, ...body } = merchant.file.body;
        const signatures = merchant.file.signatures.filter(({ endorsement }) =>
          ["MerchantOfferEndorsement", "MerchantPromiseEndorsement"].includes(endorsement),
        );
        await second.customer.receive(encodeDealFile({ ...merchant.file, body, signatures }));
        await second.buyer.receive(await second.customer.endorseOffer({ buyer: second.buyer.account }));
        await second.buyer.endorseOffer();
        await second.buyer.endorsePromise();
        await second.customer.receive(await second.buyer.draftDeal({ itemHash: ethers.id("two") }));
        await second.buyer.receive(await second.customer.signDeal());
        await second.merchant.receive(await second.buyer.signDeal({ method: "PERMIT" }));

        await (await hall.halls.buyer.deals.lodge(buyer.file)).wait();
        expect(customer.account).to.equal(second.customer.account);
        await expectDealError(second.merchant.approveDeal(), "DEAL_USES_EXHAUSTED", { maxUses: 1, taken: 1 });
        expect(await hall.halls.merchant.deals.usesLeftOf(merchant.file.body.offer!)).to.equal(0);
      });

      it("refuses another deal than the one that was lodged", async () => {
        await playTo(hall, sessions, "buyerSigned", { offer: { maxUses: 5 } });
        const other = await secondDeal();
        await (await hall.halls.buyer.deals.lodge(sessions.buyer.file)).wait();
        const session = await MerchantSession.open(optionsFor(hall, hall.signers.merchant));
        await session.receive(other);
        const expected = dealIdOf(sessions.buyer.file.body.deal!);
        await expectDealError(session.approveDeal(), "DEAL_OTHER_DEAL", {
          referralId: referralIdOf(sessions.buyer.file.body.deal!),
          expected,
        });
      });

      it("approves the countersignature of a lodged deal, even of a cancelled offer", async () => {
        await playTo(hall, sessions, "buyerSigned");
        await (await hall.halls.buyer.deals.lodge(sessions.buyer.file)).wait();
        await (await hall.halls.merchant.deals.cancelOffer(sessions.merchant.file)).wait();
        expect(await sessions.merchant.nextStep()).to.include({ action: "countersign", yours: true });
        await sessions.merchant.signDeal();
        const settled = await (await hall.halls.stranger.deals.countersign(sessions.merchant.file)).wait();
        expect(settled).to.include({ funding: "HELD", amount: Q2 });
      });
    });

    describe("its store", () => {
      it("has every change before the session answers, and takes up where it was", async () => {
        const store = textStore();
        sessions = await openSessions(hall, { merchant: { store } });
        await playTo(hall, sessions, "buyerSigned");
        expect(store.texts.at(-1)).to.equal(sessions.merchant.export());
        const again = await MerchantSession.open({ ...optionsFor(hall, hall.signers.merchant), store });
        expect(again.file).to.deep.equal(sessions.merchant.file);
        expect(await again.approveDeal()).to.have.keys("referralId", "dealId");
      });

      it("of another deployment is refused", async () => {
        const store = textStore();
        sessions = await openSessions(hall, { merchant: { store } });
        await sessions.merchant.draftSale(sale());
        const reader = { ...hall.reader, contract: hall.tokenAddress };
        const options = { ...optionsFor(hall, hall.signers.merchant), reader, store };
        await expectDealError(MerchantSession.open(options), "DEAL_WRONG_CONTRACT");
      });
    });

    describe("its signer", () => {
      it("is held to its account", async () => {
        const liar = {
          address: hall.signers.merchant.address,
          signTyped: () => Promise.resolve(`0x${"11".repeat(65)}`),
        };
        const session = await MerchantSession.open(optionsFor(hall, liar));
        await expectDealError(session.draftSale(sale()), "DEAL_SIGNER_DISAGREES", { account: liar.address });
        expect(session.file.signatures).to.deep.equal([]);
      });

      it("is not asked for another role's signature", async () => {
        await playTo(hall, sessions, "offer");
        const impostor = await CustomerSession.open(optionsFor(hall, hall.signers.stranger));
        await expectDealError(impostor.receive(sessions.merchant.export()), "DEAL_NOT_YOUR_ROLE");
      });
    });
  });
});
