import { expect } from "chai";
import { id, ZeroAddress } from "ethers";

import { idOf, loadWorld, paySale, recordSale, refused, saleDigests, saleOf, SaleState } from "../helpers/deals.js";

describe("ReferralDeals", () => {
  describe("recordSale", () => {
    async function fixture() {
      const world = await loadWorld();
      const sale = saleOf(world, { salt: id("a new sale") });
      return { world, sale, saleId: idOf("Sale", sale), honest: async () => recordSale(world, sale) };
    }

    describe("when the parties do not differ", () => {
      it("reverts for a merchant of zero", async () => {
        const { world, sale, honest } = await fixture();
        const attempt = recordSale(world, { ...sale, merchant: ZeroAddress });
        const args = [ZeroAddress, sale.customer, ZeroAddress];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });

      it("reverts for a customer of zero", async () => {
        const { world, sale, honest } = await fixture();
        const attempt = recordSale(world, { ...sale, customer: ZeroAddress });
        const args = [sale.merchant, ZeroAddress, ZeroAddress];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });

      it("reverts for a merchant who is the customer", async () => {
        const { world, sale, honest } = await fixture();
        const attempt = recordSale(world, { ...sale, customer: sale.merchant }, { by: { customer: world.merchant } });
        const args = [sale.merchant, sale.merchant, ZeroAddress];
        await refused(world, attempt, "DealsPartiesNotDistinct", args, honest);
      });
    });

    it("reverts for an amount of zero", async () => {
      const { world, sale, honest } = await fixture();
      await refused(world, recordSale(world, { ...sale, amount: 0n }), "DealsZeroAmount", [], honest);
    });

    describe("when the sale was recorded before", () => {
      it("reverts", async () => {
        const { world, sale, saleId, honest } = await fixture();
        await honest();
        const args = [saleId, SaleState.NONE, SaleState.RECORDED];
        const another = async () => recordSale(world, { ...sale, salt: id("yet another") });
        await refused(world, recordSale(world, sale), "DealsWrongSaleState", args, another);
      });

      it("reverts when it was paid through the contract", async () => {
        const { world, sale, saleId } = await fixture();
        await paySale(world, sale);
        const args = [saleId, SaleState.NONE, SaleState.ESCROWED];
        const another = async () => recordSale(world, { ...sale, salt: id("yet another") });
        await refused(world, recordSale(world, sale), "DealsWrongSaleState", args, another);
      });
    });

    describe("when a signature is wrong", () => {
      it("reverts for another's in place of the merchant's", async () => {
        const { world, sale, honest } = await fixture();
        const args = [sale.merchant, saleDigests(world, sale, true).merchant];
        const attempt = recordSale(world, sale, { by: { merchant: world.stranger } });
        await refused(world, attempt, "DealsWrongSignature", args, honest);
      });

      it("reverts for another's in place of the customer's", async () => {
        const { world, sale, honest } = await fixture();
        const args = [sale.customer, saleDigests(world, sale, true).customer];
        const attempt = recordSale(world, sale, { by: { customer: world.stranger } });
        await refused(world, attempt, "DealsWrongSignature", args, honest);
      });

      it("reverts for signatures over a sale that is to be paid through the contract", async () => {
        const { world, sale, honest } = await fixture();
        const digests = saleDigests(world, sale, false);
        const signatures = {
          merchant: world.merchant.sign(digests.merchant),
          customer: world.customer.sign(digests.customer),
        };
        const args = [sale.merchant, saleDigests(world, sale, true).merchant];
        await refused(world, recordSale(world, sale, { signatures }), "DealsWrongSignature", args, honest);
      });
    });

    describe("when both signed that it was paid elsewhere", () => {
      it("records the sale, whoever brings it", async () => {
        const { world, sale, saleId, honest } = await fixture();
        await expect(honest())
          .to.emit(world.deals, "SaleRecorded")
          .withArgs(
            saleId,
            sale.merchant,
            sale.customer,
            sale.token,
            sale.amount,
            sale.refundableUntil,
            SaleState.RECORDED,
          );
        expect(await world.deals.saleStateOf(saleId)).to.equal(SaleState.RECORDED);
      });

      it("moves no money", async () => {
        const { world, honest } = await fixture();
        await expect(honest()).not.to.emit(world.token, "Transfer");
      });

      it("takes a token that has no code, for nothing is paid here", async () => {
        const { world, sale } = await fixture();
        const bare = { ...sale, token: world.stranger.address };
        await recordSale(world, bare);
        expect(await world.deals.saleStateOf(idOf("Sale", bare))).to.equal(SaleState.RECORDED);
      });
    });
  });
});
