import { expect } from "chai";
import { id } from "ethers";

import type { Offer, ReferralStatus } from "../../sdk/src/index.js";
import { requireCover, requireFunds } from "../../sdk/src/deals/sessions/checks.js";
import { expectDealError, type Hall, loadHall, Q1, R } from "../helpers/dealSessions.js";

describe("deals SDK", () => {
  // What sessions ask before they sign; where they do is in the tests of each.
  describe("checks", () => {
    let hall: Hall;
    beforeEach(async () => {
      hall = await loadHall();
    });

    describe("requireFunds", () => {
      const HELD = 10n ** 9n;
      const due = (amount: bigint, allowanceOf?: string) => ({
        token: hall.tokenAddress,
        account: hall.signers.buyer.address,
        amount,
        allowanceOf,
      });

      it("takes exactly what is held and allowed, and says by how much more falls short", async () => {
        const { reader } = hall;
        await (await hall.token.connect(hall.signers.buyer).approve(reader.contract, Q1)).wait();
        await requireFunds(due(Q1, reader.contract), reader);
        await requireFunds(due(HELD), reader);
        const short = { required: Q1 + 1n, allowance: Q1, short: 1n };
        const allowed = await expectDealError(
          requireFunds(due(Q1 + 1n, reader.contract), reader),
          "DEAL_ALLOWANCE_SHORT",
          short,
        );
        expect(allowed.what).to.match(/: 1 short\.$/);
        const held = await expectDealError(requireFunds(due(HELD + 2n), reader), "DEAL_BALANCE_SHORT", { short: 2n });
        expect(held.what).to.match(/: 2 short\.$/);
      });

      it("asks nothing of a token where nothing is due", async () => {
        const free = { ...due(0n, hall.reader.contract), token: hall.signers.stranger.address };
        await requireFunds(free, hall.reader);
      });
    });

    describe("requireCover", () => {
      const status = (funding: ReferralStatus["funding"]): ReferralStatus => ({
        state: "NONE",
        promised: true,
        funding,
        closed: false,
      });
      const offer = (terms: Partial<Offer>): Offer => ({
        ...{ saleId: id("sale"), merchant: hall.signers.merchant.address, customer: hall.signers.customer.address },
        ...{ token: hall.tokenAddress, saleAmount: Q1, policy: "PERCENT_OFF", discount: 1_000n, free: false },
        ...{ rebateMoment: hall.moment, rebate: R, rebateRule: "DEAL_REQUIRED", maxUses: 1, counter: 0 },
        salt: id("salt"),
        ...terms,
      });

      it("needs a bond left or one reserved for this referral, where the offer needs one", async () => {
        for (const [terms, code] of [
          [{ rebateRule: "PROMOTION_ONLY" }, "DEAL_BOND_REQUIRED"],
          [{ rebate: Q1 }, "DEAL_REBATE_ABOVE_PRICE"],
        ] as const) {
          await expectDealError(requireCover(offer(terms), status("NONE"), hall.reader), code, { bonded: 0 });
          await requireCover(offer(terms), status("BOND"), hall.reader);
        }
        await requireCover(offer({}), status("NONE"), hall.reader);
      });
    });
  });
});
