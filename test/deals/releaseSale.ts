import { expect } from "chai";
import { id } from "ethers";

import { at, idOf, loadWorld, moved, paySale, Q1, recordSale, refused, saleOf, SaleState } from "../helpers/deals.js";

describe("ReferralDeals", () => {
  // Invariant D8.
  describe("releaseSale", () => {
    async function fixture() {
      const world = await loadWorld();
      const sale = saleOf(world, { salt: id("a new sale") });
      await paySale(world, sale);
      const byStranger = world.deals.connect(world.stranger.runner);
      return { world, sale, saleId: idOf("Sale", sale), byStranger };
    }

    describe("given the time", () => {
      it("reverts one second before the sale stops being refundable", async () => {
        const { world, sale, byStranger } = await fixture();
        await at(sale.refundableUntil - 1n);
        const args = [sale.refundableUntil, sale.refundableUntil - 1n];
        const honest = async () => {
          await at(sale.refundableUntil);
          await byStranger.releaseSale(sale);
        };
        await refused(world, byStranger.releaseSale(sale), "DealsTooEarly", args, honest);
      });

      it("pays the merchant at that moment, whoever calls", async () => {
        const { world, sale, byStranger } = await fixture();
        await at(sale.refundableUntil);
        expect(await moved(world, byStranger.releaseSale(sale))).to.deep.equal([-Q1, Q1, 0n, 0n]);
      });

      it("pays the merchant one second after", async () => {
        const { world, sale, byStranger } = await fixture();
        await at(sale.refundableUntil + 1n);
        expect(await moved(world, byStranger.releaseSale(sale))).to.deep.equal([-Q1, Q1, 0n, 0n]);
      });
    });

    describe("when the price is not in escrow", () => {
      it("reverts for a sale never recorded", async () => {
        const { world, sale, byStranger } = await fixture();
        const unknown = { ...sale, salt: id("unknown") };
        await at(sale.refundableUntil);
        const args = [idOf("Sale", unknown), SaleState.ESCROWED, SaleState.NONE];
        const honest = async () => byStranger.releaseSale(sale);
        await refused(world, byStranger.releaseSale(unknown), "DealsWrongSaleState", args, honest);
      });

      it("reverts for a sale that was paid elsewhere", async () => {
        const { world, sale, byStranger } = await fixture();
        const elsewhere = { ...sale, salt: id("elsewhere") };
        await recordSale(world, elsewhere);
        await at(sale.refundableUntil);
        const args = [idOf("Sale", elsewhere), SaleState.ESCROWED, SaleState.RECORDED];
        const honest = async () => byStranger.releaseSale(sale);
        await refused(world, byStranger.releaseSale(elsewhere), "DealsWrongSaleState", args, honest);
      });

      it("reverts for a sale released before", async () => {
        const { world, sale, saleId, byStranger } = await fixture();
        await at(sale.refundableUntil);
        await byStranger.releaseSale(sale);
        const args = [saleId, SaleState.ESCROWED, SaleState.RECORDED];
        const honest = async () => paySale(world, { ...sale, salt: id("yet another") });
        await refused(world, byStranger.releaseSale(sale), "DealsWrongSaleState", args, honest);
      });

      it("reverts for a sale that was refunded", async () => {
        const { world, sale, saleId, byStranger } = await fixture();
        await world.deals.connect(world.merchant.runner).refundSale(sale);
        await at(sale.refundableUntil);
        const args = [saleId, SaleState.ESCROWED, SaleState.REFUNDED];
        const honest = async () => paySale(world, { ...sale, salt: id("yet another") });
        await refused(world, byStranger.releaseSale(sale), "DealsWrongSaleState", args, honest);
      });

      it("reverts for the same sale with another merchant's name on it", async () => {
        const { world, sale, byStranger } = await fixture();
        const forged = { ...sale, merchant: world.stranger.address };
        await at(sale.refundableUntil);
        const args = [idOf("Sale", forged), SaleState.ESCROWED, SaleState.NONE];
        const honest = async () => byStranger.releaseSale(sale);
        await refused(world, byStranger.releaseSale(forged), "DealsWrongSaleState", args, honest);
      });
    });

    it("tells of it, and leaves the sale recorded", async () => {
      const { world, sale, saleId, byStranger } = await fixture();
      await at(sale.refundableUntil);
      await expect(byStranger.releaseSale(sale))
        .to.emit(world.deals, "SaleReleased")
        .withArgs(saleId, sale.merchant, sale.customer);
      expect(await world.deals.saleStateOf(saleId)).to.equal(SaleState.RECORDED);
    });
  });
});
