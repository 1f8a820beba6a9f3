import { expect } from "chai";
import fc from "fast-check";
import { network } from "hardhat";

import { offerToAbi } from "../../sdk/src/deals/actions/toAbi.js";
import { DealError } from "../../sdk/src/deals/DealError.js";
import { discountPolicies, type Offer } from "../../sdk/src/deals/documents/Offer.js";
import { price } from "../../sdk/src/deals/documents/price.js";
import { isRevert } from "../../sdk/src/core/errors/isRevert.js";
import { withDecodedErrors } from "../../sdk/src/core/errors/withDecodedErrors.js";

const { ethers } = await network.create();

const sample: Offer = {
  saleId: `0x${"11".repeat(32)}`,
  merchant: ethers.getAddress(`0x${"22".repeat(20)}`),
  customer: ethers.getAddress(`0x${"33".repeat(20)}`),
  token: ethers.getAddress(`0x${"44".repeat(20)}`),
  saleAmount: 1_000n,
  policy: "PERCENT_OFF",
  discount: 1_000n,
  free: false,
  rebateMoment: 1_900_000_000,
  rebate: 50n,
  rebateRule: "DEAL_REQUIRED",
  maxUses: 1,
  counter: 0,
  salt: `0x${"55".repeat(32)}`,
};

/** The contract's errors, by the SDK's codes. */
const NAMES: Readonly<Record<string, string>> = {
  DEAL_DISCOUNT_OUT_OF_RANGE: "DealsDiscountOutOfRange",
  DEAL_PRICE_NOT_BELOW: "DealsPriceNotBelow",
  DEAL_NOT_FREE: "DealsNotFree",
};

type Outcome = { readonly price: bigint } | { readonly error: string | undefined; readonly args: readonly unknown[] };

function bySdk(offer: Offer): Outcome {
  try {
    return { price: price(offer) };
  } catch (error) {
    if (!(error instanceof DealError)) throw error;
    return { error: NAMES[error.code], args: Object.values(error.args) };
  }
}

describe("deals SDK", () => {
  describe("price", () => {
    const cases: readonly [string, Partial<Offer>, bigint][] = [
      ["takes a fixed price as it is", { policy: "FIXED_PRICE", discount: 999n }, 999n],
      ["rounds the discount down", { policy: "PERCENT_OFF", saleAmount: 999n, discount: 1_000n }, 900n],
      ["takes an amount off", { policy: "AMOUNT_OFF", discount: 1n }, 999n],
      ["comes to zero where free is meant", { policy: "PERCENT_OFF", discount: 10_000n, free: true }, 0n],
    ];
    for (const [title, terms, expected] of cases) {
      it(title, () => {
        expect(price({ ...sample, ...terms })).to.equal(expected);
      });
    }

    const refusals: readonly [string, Partial<Offer>, string][] = [
      ["refuses more than all basis points", { discount: 10_001n }, "DEAL_DISCOUNT_OUT_OF_RANGE"],
      ["refuses more off than the sale was", { policy: "AMOUNT_OFF", discount: 1_001n }, "DEAL_DISCOUNT_OUT_OF_RANGE"],
      ["refuses a price that is not below", { policy: "FIXED_PRICE", discount: 1_000n }, "DEAL_PRICE_NOT_BELOW"],
      ["refuses a discount that rounds to nothing", { saleAmount: 9n, discount: 1_000n }, "DEAL_PRICE_NOT_BELOW"],
      ["refuses zero that is not meant", { policy: "FIXED_PRICE", discount: 0n }, "DEAL_NOT_FREE"],
    ];
    for (const [title, terms, code] of refusals) {
      it(title, () => {
        expect(() => price({ ...sample, ...terms }))
          .to.throw(DealError)
          .with.property("code", code);
      });
    }

    it("equals the contract's for random offers, refusals and their arguments included", async () => {
      const harness = await ethers.deployContract("DealHashHarness");
      const byContract = async (offer: Offer): Promise<Outcome> => {
        try {
          return { price: await withDecodedErrors(() => harness.price(offerToAbi(offer))) };
        } catch (error) {
          if (!isRevert(error)) throw error;
          return { error: error.name, args: Object.values(error.args) };
        }
      };
      const amount = fc.oneof(fc.bigInt(0n, 12n), fc.bigInt(9_990n, 10_010n), fc.bigInt(0n, 2n ** 128n - 1n));
      const seen = new Set<string>();
      await fc.assert(
        fc.asyncProperty(
          amount,
          amount,
          fc.constantFrom(...discountPolicies),
          fc.boolean(),
          async (saleAmount, discount, policy, free) => {
            const offer = { ...sample, saleAmount, discount, policy, free };
            const outcome = bySdk(offer);
            seen.add("price" in outcome ? "price" : `${outcome.error}`);
            expect(outcome).to.deep.equal(await byContract(offer));
          },
        ),
        { numRuns: 400, seed: 20_261_123 },
      );
      expect([...seen]).to.have.members(["price", ...Object.values(NAMES)]);
    });
  });
});
