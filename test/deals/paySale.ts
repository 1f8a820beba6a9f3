import { expect } from "chai";
import { id, ZeroAddress } from "ethers";

import {
  at,
  idOf,
  loadWorld,
  moved,
  paySale,
  Q1,
  recordSale,
  refused,
  saleDigests,
  saleOf,
  SaleState,
} from "../helpers/deals.js";

describe("ReferralDeals", () => {
  // Invariant D8.
  describe("paySale", () => {
    async function fixture() {
      const world = await loadWorld();
      const sale = saleOf(world, { salt: id("a new sale") });
      return { world, sale, saleId: idOf("Sale", sale), honest: async () => paySale(world, sale) };
    }

    describe("when the parties do not differ", () => {
      it("reverts for a merchant of zero", async () => {
        const { world, sale, honest } = await fixture();
        const attempt = paySale(world, { ...sale, merchant: ZeroAddress });
        const args = [ZeroAddress, sale.customer, ZeroAddress];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });

      it("reverts for a customer of zero", async () => {
        const { world, sale, honest } = await fixture();
        const attempt = paySale(world, { ...sale, customer: ZeroAddress });
        const args = [sale.merchant, ZeroAddress, ZeroAddress];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });

      it("reverts for a merchant who is the customer", async () => {
        const { world, sale, honest } = await fixture();
        const attempt = paySale(world, { ...sale, merchant: sale.customer }, { by: { merchant: world.customer } });
        const args = [sale.customer, sale.customer, ZeroAddress];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });
    });

    it("reverts for an amount of zero", async () => {
      const { world, sale, honest } = await fixture();
      await refused(world, paySale(world, { ...sale, amount: 0n }), "DealsZeroAmount", [], honest);
    });

    describe("when the sale is known", () => {
      it("reverts when it was paid before", async () => {
        const { world, sale, saleId, honest } = await fixture();
        await honest();
        const args = [saleId, SaleState.NONE, SaleState.ESCROWED];
        const another = async () => paySale(world, { ...sale, salt: id("yet another") });
        await refused(world, paySale(world, sale), "DealsWrongSaleState", args, another);
      });

      it("reverts when it was recorded as paid elsewhere", async () => {
        const { world, sale, saleId } = await fixture();
        await recordSale(world, sale);
        const args = [saleId, SaleState.NONE, SaleState.RECORDED];
        const another = async () => paySale(world, { ...sale, salt: id("yet another") });
        await refused(world, paySale(world, sale), "DealsWrongSaleState", args, another);
      });

      it("reverts when it was refunded", async () => {
        const { world, sale, saleId, honest } = await fixture();
        await honest();
        await world.deals.connect(world.merchant.runner).refundSale(sale);
        const args = [saleId, SaleState.NONE, SaleState.REFUNDED];
        const another = async () => paySale(world, { ...sale, salt: id("yet another") });
        await refused(world, paySale(world, sale), "DealsWrongSaleState", args, another);
      });
    });

    describe("when a signature is wrong", () => {
      it("reverts for another's in place of the merchant's", async () => {
        const { world, sale, honest } = await fixture();
        const args = [sale.merchant, saleDigests(world, sale, false).merchant];
        const attempt = paySale(world, sale, { by: { merchant: world.stranger } });
        await refused(world, attempt, "DealsWrongSignature", args, honest);
      });

      it("reverts for another's in place of the customer's", async () => {
        const { world, sale, honest } = await fixture();
        const args = [sale.customer, saleDigests(world, sale, false).customer];
        const attempt = paySale(world, sale, { by: { customer: world.stranger } });
        await refused(world, attempt, "DealsWrongSignature", args, honest);
      });

      it("reverts for signatures over a sale that was paid elsewhere", async () => {
        const { world, sale, honest } = await fixture();
        const signed = saleDigests(world, sale, true);
        const signatures = {
          merchant: world.merchant.sign(signed.merchant),
          customer: world.customer.sign(signed.customer),
        };
        const args = [sale.merchant, saleDigests(world, sale, false).merchant];
        await refused(world, paySale(world, sale, { signatures }), "DealsWrongSignature", args, honest);
      });
    });

    it("reverts for a token without code", async () => {
      const { world, sale, honest } = await fixture();
      const attempt = paySale(world, { ...sale, token: world.stranger.address });
      await refused(world, attempt, "PaymentTokenWithoutCode", [world.stranger.address], honest, world.payments);
    });

    it("reverts when the customer has withdrawn its allowance, and consumes nothing", async () => {
      const { world, saleId, honest } = await fixture();
      const customer = world.token.connect(world.customer.runner);
      await customer.approve(world.dealsAddress, Q1 - 1n);
      const args = [world.dealsAddress, Q1 - 1n, Q1];
      await refused(
        world,
        honest(),
        "ERC20InsufficientAllowance",
        args,
        async () => {
          await customer.approve(world.dealsAddress, Q1);
          await honest();
        },
        world.token,
      );
      expect(await world.deals.saleStateOf(saleId)).to.equal(SaleState.ESCROWED);
    });

    for (const [when, seconds] of [
      ["long before the sale stops being refundable", -86_400n],
      ["one second before the sale stops being refundable", -1n],
    ] as const) {
      describe(`when it is paid ${when}`, () => {
        it("holds the price", async () => {
          const { world, sale, saleId, honest } = await fixture();
          await at(sale.refundableUntil + seconds);
          expect(await moved(world, honest())).to.deep.equal([Q1, 0n, -Q1, 0n]);
          expect(await world.deals.saleStateOf(saleId)).to.equal(SaleState.ESCROWED);
        });
      });
    }

    for (const [when, seconds] of [
      ["at the moment the sale stops being refundable", 0n],
      ["one second after the sale stops being refundable", 1n],
    ] as const) {
      describe(`when it is paid ${when}`, () => {
        it("passes the price on", async () => {
          const { world, sale, saleId, honest } = await fixture();
          await at(sale.refundableUntil + seconds);
          expect(await moved(world, honest())).to.deep.equal([0n, Q1, -Q1, 0n]);
          expect(await world.deals.saleStateOf(saleId)).to.equal(SaleState.RECORDED);
        });
      });
    }

    it("tells of an escrowed sale", async () => {
      const { world, sale, saleId, honest } = await fixture();
      await expect(honest())
        .to.emit(world.deals, "SaleRecorded")
        .withArgs(saleId, sale.merchant, sale.customer, sale.token, Q1, sale.refundableUntil, SaleState.ESCROWED);
    });

    it("tells of a sale that was never refundable", async () => {
      const { world, sale } = await fixture();
      const final = { ...sale, refundableUntil: 0n };
      await expect(paySale(world, final))
        .to.emit(world.deals, "SaleRecorded")
        .withArgs(idOf("Sale", final), sale.merchant, sale.customer, sale.token, Q1, 0n, SaleState.RECORDED);
    });
  });
});
