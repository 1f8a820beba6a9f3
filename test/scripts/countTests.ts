import { expect } from "chai";

import { countTests } from "../../scripts/checks/run/countTests.js";

describe("countTests", () => {
  it("reads the closing lines of both of Hardhat's runners", () => {
    expect(countTests("  ✔ 3 passing ships\n\n  464 passing (43s)\n", 0)).to.deep.equal({ passed: 464, failed: 0 });
    expect(countTests("\n  12 passing (2m)\n  3 failing\n\n  1) a test\n", 3)).to.deep.equal({ passed: 12, failed: 3 });
  });

  it("adds up the runners that one part runs", () => {
    expect(countTests("  10 passing (1s)\n\n  7 passing\n  1 failing\n", 1)).to.deep.equal({ passed: 17, failed: 1 });
  });

  it("takes no test at all for a failure, whatever the exit code", () => {
    expect(countTests("Nothing to run\n", 0)).to.deep.equal({ passed: 0, failed: 1 });
    expect(countTests("  0 passing (1ms)\n", 0)).to.deep.equal({ passed: 0, failed: 1 });
  });

  it("takes an exit code that the counts do not explain for a failure", () => {
    expect(countTests("  5 passing (1s)\n", 1)).to.deep.equal({ passed: 5, failed: 1 });
  });

  it("takes skipped tests for failures", () => {
    expect(countTests("  5 passing (1s)\n  2 pending\n", 0)).to.deep.equal({ passed: 5, failed: 2 });
    expect(countTests("  5 passing\n  1 skipped\n", 0)).to.deep.equal({ passed: 5, failed: 1 });
  });
});
