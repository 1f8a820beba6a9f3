import { expect } from "chai";

import { compareCounts } from "../../scripts/checks/run/compareCounts.js";
import { recordCounts } from "../../scripts/checks/run/recordCounts.js";

const ran = (script: string, passed: number, failed = 0) => ({ script, passed, failed, seconds: 1, output: "" });

describe("compareCounts", () => {
  it("finds nothing where as many ran, or more", () => {
    expect(compareCounts([ran("a", 3), ran("b", 2)], { a: 3, b: 1 }, true)).to.deep.equal([]);
  });

  it("counts a test that failed as run", () => {
    expect(compareCounts([ran("a", 2, 1)], { a: 3 }, true)).to.deep.equal([]);
  });

  it("finds a part that ran fewer", () => {
    expect(compareCounts([ran("a", 2)], { a: 3 }, true)).to.deep.equal(["a: ran 2, recorded are 3"]);
  });

  it("finds a part of which nothing is recorded", () => {
    expect(compareCounts([ran("a", 2)], {}, false)).to.deep.equal(["a: ran 2, and nothing is recorded of it"]);
  });

  it("finds a part that is gone, once all ran", () => {
    expect(compareCounts([], { a: 3 }, false)).to.deep.equal([]);
    expect(compareCounts([], { a: 3 }, true)).to.deep.equal(["a: is recorded, and did not run"]);
  });
});

describe("recordCounts", () => {
  const recorded = { a: 3, b: 3 };

  it("raises what ran more and keeps what ran fewer", () => {
    const next = recordCounts([ran("a", 4), ran("b", 2), ran("c", 1)], recorded, { whole: true, acceptFewer: false });
    expect(next).to.deep.equal({ a: 4, b: 3, c: 1 });
  });

  it("takes fewer when they were accepted, and forgets what did not run", () => {
    const next = recordCounts([ran("b", 2)], recorded, { whole: true, acceptFewer: true });
    expect(next).to.deep.equal({ b: 2 });
  });

  it("keeps what was not asked to run", () => {
    const next = recordCounts([ran("b", 2)], recorded, { whole: false, acceptFewer: true });
    expect(next).to.deep.equal({ a: 3, b: 2 });
  });
});
