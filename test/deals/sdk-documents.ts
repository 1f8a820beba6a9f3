import { expect } from "chai";
import { ZeroHash } from "ethers";

import { dealIdOf, promiseIdOf, referralIdOf } from "../../sdk/src/index.js";

describe("deals SDK", () => {
  describe("ids of documents", () => {
    const account = `0x${"11".repeat(20)}`;
    const terms = { offerId: ZeroHash, merchant: account, customer: account, rebate: 1n, rebateMoment: 1 };
    const deal = { ...terms, buyer: account, token: account, amount: 1n, itemHash: ZeroHash, salt: ZeroHash };

    it("are refused by name where a value does not fit its type", () => {
      const faults = {
        RebatePromise: () => promiseIdOf({ ...terms, rebate: -1n }),
        Referral: () => referralIdOf({ ...deal, rebateMoment: 2 ** 40 }),
        ReferredSale: () => dealIdOf({ ...deal, buyer: "0x12" }),
      };
      for (const [primaryType, fault] of Object.entries(faults)) {
        expect(fault)
          .to.throw()
          .that.deep.includes({ name: "SignatureError", code: "INVALID_TYPED_DATA", args: { primaryType } })
          .and.has.property("cause")
          .that.is.instanceOf(Error);
      }
      expect(promiseIdOf(terms)).to.match(/^0x[0-9a-f]{64}$/);
    });
  });
});
