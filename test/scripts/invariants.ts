import { expect } from "chai";

import { compareInvariants } from "../../scripts/checks/invariants/compareInvariants.js";
import { numbersIn } from "../../scripts/checks/invariants/numbersIn.js";
import { readInvariants } from "../../scripts/checks/invariants/readInvariants.js";

const PAGE = `| No. | What holds | Where it is tested |
| --- | --- | --- |
| C1  | One thing. | every test, \`a/One.t.sol\` |
| C2  | Another.   | \`two.ts\` |
`;
const TESTS = { "a/One.t.sol": "/// @notice C1: one thing.", "a/two.ts": "// Invariants C1 and C2." };

describe("invariants", () => {
  it("reads the numbers of a page and the files that their rows cite", () => {
    expect(readInvariants(PAGE)).to.deep.equal([
      { number: "C1", files: ["a/One.t.sol"] },
      { number: "C2", files: ["two.ts"] },
    ]);
  });

  it("reads the numbers that a test names", () => {
    const source = '// invariants X7, X8 and X9\nfunction invariant_C1_C2() { "C3: no"; 0xC4; C5a; D6 }';
    expect([...numbersIn(source, "C")].toSorted()).to.deep.equal(["C1", "C2", "C3", "X7", "X8", "X9"]);
  });

  it("finds nothing where page and tests agree", () => {
    expect(compareInvariants(readInvariants(PAGE), TESTS)).to.deep.equal([]);
  });

  it("finds a row that cites no file", () => {
    const page = PAGE.replace("`two.ts`", "every test");
    expect(compareInvariants(readInvariants(page), TESTS)).to.deep.equal(["C2: cites no test file"]);
  });

  it("finds a file that is not there, and one that may be any of two", () => {
    expect(compareInvariants(readInvariants(PAGE.replace("two.ts", "three.ts")), TESTS)).to.deep.equal([
      "C2: there is no test/**/three.ts",
    ]);
    expect(compareInvariants(readInvariants(PAGE), { ...TESTS, "b/two.ts": "" })).to.deep.equal([
      "C2: two.ts may be any of a/two.ts, b/two.ts",
    ]);
  });

  it("finds a file that does not name the number", () => {
    expect(compareInvariants(readInvariants(PAGE), { ...TESTS, "a/two.ts": "// C1" })).to.deep.equal([
      "C2: test/a/two.ts does not name it",
    ]);
  });

  it("finds a number without a row, of a known letter and of another", () => {
    const tests = { ...TESTS, "a/three.ts": "// C3", "a/four.ts": "// Invariant X1." };
    expect(compareInvariants(readInvariants(PAGE), tests)).to.deep.equal([
      "test/a/three.ts: names C3, which has no row",
      "test/a/four.ts: names X1, which has no row",
    ]);
  });

  it("finds a number that stands twice", () => {
    expect(compareInvariants(readInvariants(PAGE.replace("C2", "C1")), TESTS)).to.include("C1: numbered twice");
  });
});
