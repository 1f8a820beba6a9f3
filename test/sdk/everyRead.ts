import { expect } from "chai";

import { notReads } from "../helpers/faultyNode/notReads.js";
import { publicReads } from "../helpers/faultyNode/publicReads.js";
import { reads } from "../helpers/faultyNode/reads.js";

describe("the table of reads", () => {
  const found = publicReads();
  // A case of a read has its name before the comma.
  const table = new Set(Object.keys(reads).map((name) => name.split(",")[0] ?? name));

  it("has every public read of the SDK", () => {
    const missing = found.filter((name) => !table.has(name) && !Object.hasOwn(notReads, name));
    expect(missing, "not in the table of test/helpers/faultyNode/reads.ts").to.deep.equal([]);
  });

  it("has nothing that the SDK has not, and nothing twice", () => {
    const known = new Set(found);
    expect([...table, ...Object.keys(notReads)].filter((name) => !known.has(name))).to.deep.equal([]);
    expect(Object.keys(notReads).filter((name) => table.has(name))).to.deep.equal([]);
    expect(found).to.include("DealsReader.usesOf").and.to.include("Transaction.wait");
  });
});
