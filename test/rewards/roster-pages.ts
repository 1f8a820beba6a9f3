import { expect } from "chai";
import fc from "fast-check";

import { memorySource, type RosterSource } from "../../sdk/src/index.js";
import { pagedSource } from "../../sdk/src/rewards/roster/file/pagedSource.js";

const PAGE = 4_096;
const bytes = new Uint8Array(10 * PAGE + 77).map((_, i) => (i * 7) ^ (i >>> 8));

describe("pagedSource", () => {
  let reads: number[];
  let source: RosterSource;

  beforeEach(() => {
    reads = [];
    const inMemory = memorySource(bytes);
    source = {
      size: inMemory.size,
      read: (offset, length) => {
        reads.push(offset / PAGE);
        return inMemory.read(offset, length);
      },
    };
  });

  it("reads what is there, across pages and with few of them kept", async () => {
    const paged = pagedSource(source, 3);
    const range = fc.tuple(fc.nat(bytes.length), fc.nat(3 * PAGE));
    await fc.assert(
      fc.asyncProperty(range, async ([offset, wanted]) => {
        const length = Math.min(wanted, bytes.length - offset);
        expect(await paged.read(offset, length)).to.deep.equal(bytes.slice(offset, offset + length));
      }),
      { numRuns: 200 },
    );
  });

  it("keeps the pages used last, and no more than it may", async () => {
    const paged = pagedSource(source, 3);
    for (const page of [0, 1, 2, 0, 3, 0, 1]) await paged.read(page * PAGE + 5, 10);
    expect(reads).to.deep.equal([0, 1, 2, 3, 1]);
  });

  it("reads a page once for all who ask at the same time", async () => {
    const paged = pagedSource(source, 3);
    await Promise.all([paged.read(0, 10), paged.read(20, 10), paged.read(40, 10)]);
    expect(reads).to.deep.equal([0]);
  });
});
