import { expect } from "chai";
import { AbiCoder, ErrorFragment } from "ethers";

import { judgeFailures } from "../../scripts/checks/failures/judgeFailures.js";

const late = ErrorFragment.from("error TooLate(uint40 before, uint256 timestamp)");
const zero = ErrorFragment.from("error Zero()");
const declared = new Map([late, zero].map((fragment) => [fragment.selector, fragment]));
const lateData = late.selector + AbiCoder.defaultAbiCoder().encode(late.inputs, [1, 2]).slice(2);

describe("judgeFailures", () => {
  it("is content when every error was provoked, whatever else came through", () => {
    const verdict = judgeFailures(declared, [lateData, lateData, zero.selector, "0x01020304"], {});
    expect(verdict).to.deep.equal({ rows: 3, provoked: 2, problems: [] });
  });

  it("names an error that no row provokes", () => {
    expect(judgeFailures(declared, [lateData], {}).problems).to.deep.equal(["no row provokes Zero()"]);
  });

  it("lets one be missing that is listed with a reason", () => {
    expect(judgeFailures(declared, [lateData], { "Zero()": "a reason" }).problems).to.deep.equal([]);
  });

  it("refuses a list that is not true any more", () => {
    const { problems } = judgeFailures(declared, [lateData, zero.selector], { "Zero()": "", "Gone()": "" });
    expect(problems).to.deep.equal([
      "Zero() is listed as unreachable, and a row provokes it",
      "Gone() is listed as unreachable, and no ABI has it",
    ]);
  });

  it("refuses arguments that are not the error's", () => {
    for (const data of [lateData.slice(0, -64), `${lateData}00`, `${late.selector}${"f".repeat(128)}`]) {
      expect(judgeFailures(declared, [data, zero.selector], {}).problems).to.have.length(1);
    }
  });

  it("takes no row at all for a failure", () => {
    expect(judgeFailures(new Map(), [], {}).problems).to.deep.equal(["no row ran"]);
  });
});
