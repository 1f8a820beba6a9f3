import { expect } from "chai";

import { memberOf } from "../../sdk/src/core/abi/memberOf.js";

describe("memberOf", () => {
  const names = ["NONE", "RECORDED"] as const;

  it("names each member", () => {
    expect([0n, 1n].map((value) => memberOf(names, value))).to.deep.equal(names);
  });

  it("refuses a number that the enum does not have", () => {
    for (const value of [2n, 255n, 2n ** 64n]) {
      expect(() => memberOf(names, value))
        .to.throw()
        .that.deep.includes({ code: "RPC_UNEXPECTED_ANSWER", args: { value, known: names } });
    }
  });
});
