import { expect } from "chai";
import { id } from "ethers";

import { at, idOf, loadWorld, moved, paySale, Q1, recordSale, refused, saleOf, SaleState } from "../helpers/deals.js";

describe("ReferralDeals", () => {
  // Invariant D8.
  describe("refundSale", () => {
    async function fixture() {
      const world = await loadWorld();
      const sale = saleOf(world, { salt: id("a new sale") });
      await paySale(world, sale);
      const byMerchant = world.deals.connect(world.merchant.runner);
      return { world, sale, saleId: idOf("Sale", sale), byMerchant, honest: async () => byMerchant.refundSale(sale) };
    }

    describe("given the time", () => {
      it("refunds one second before the sale stops being refundable", async () => {
        const { world, sale, honest } = await fixture();
        await at(sale.refundableUntil - 1n);
        expect(await moved(world, honest())).to.deep.equal([-Q1, 0n, Q1, 0n]);
      });

      it("reverts at that moment", async () => {
        const { world, sale, honest } = await fixture();
        await at(sale.refundableUntil);
        const args = [sale.refundableUntil, sale.refundableUntil];
        await refused(world, honest(), "DealsTooLate", args, async () => world.deals.releaseSale(sale));
      });

      it("reverts one second after", async () => {
        const { world, sale, honest } = await fixture();
        await at(sale.refundableUntil + 1n);
        const args = [sale.refundableUntil, sale.refundableUntil + 1n];
        await refused(world, honest(), "DealsTooLate", args, async () => world.deals.releaseSale(sale));
      });
    });

    describe("when somebody else than the merchant calls", () => {
      it("reverts for the customer", async () => {
        const { world, sale, honest } = await fixture();
        const attempt = world.deals.connect(world.customer.runner).refundSale(sale);
        await refused(world, attempt, "DealsNotMerchant", [sale.merchant, sale.customer], honest);
      });

      it("reverts for a stranger who names itself the merchant of the same sale", async () => {
        const { world, sale, honest } = await fixture();
        const forged = { ...sale, merchant: world.stranger.address };
        const attempt = world.deals.connect(world.stranger.runner).refundSale(forged);
        const args = [idOf("Sale", forged), SaleState.ESCROWED, SaleState.NONE];
        await refused(world, attempt, "DealsWrongSaleState", args, honest);
      });
    });

    describe("when the price is not in escrow", () => {
      it("reverts for a sale never recorded", async () => {
        const { world, sale, byMerchant, honest } = await fixture();
        const unknown = { ...sale, salt: id("unknown") };
        const args = [idOf("Sale", unknown), SaleState.ESCROWED, SaleState.NONE];
        await refused(world, byMerchant.refundSale(unknown), "DealsWrongSaleState", args, honest);
      });

      it("reverts for a sale that was paid elsewhere", async () => {
        const { world, sale, byMerchant, honest } = await fixture();
        const elsewhere = { ...sale, salt: id("elsewhere") };
        await recordSale(world, elsewhere);
        const args = [idOf("Sale", elsewhere), SaleState.ESCROWED, SaleState.RECORDED];
        await refused(world, byMerchant.refundSale(elsewhere), "DealsWrongSaleState", args, honest);
      });

      it("reverts for a sale refunded before", async () => {
        const { world, sale, saleId, honest } = await fixture();
        await honest();
        const args = [saleId, SaleState.ESCROWED, SaleState.REFUNDED];
        const another = async () => paySale(world, { ...sale, salt: id("yet another") });
        await refused(world, honest(), "DealsWrongSaleState", args, another);
      });
    });

    it("gives the price back and tells of it", async () => {
      const { world, sale, saleId, honest } = await fixture();
      const transaction = honest();
      await expect(transaction).to.emit(world.deals, "SaleRefunded").withArgs(saleId, sale.merchant, sale.customer);
      expect(await moved(world, transaction)).to.deep.equal([-Q1, 0n, Q1, 0n]);
      expect(await world.deals.saleStateOf(saleId)).to.equal(SaleState.REFUNDED);
    });
  });
});
