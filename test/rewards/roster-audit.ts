import { expect } from "chai";
import { hexlify, id } from "ethers";
import fc from "fast-check";

import {
  auditRoster,
  type BoundUser,
  memorySource,
  type RosterFigures,
  type RosterMismatchKind,
} from "../../sdk/src/index.js";
import { fillNodes } from "../../sdk/src/rewards/roster/tree/fillNodes.js";
import { buildRoster, makeUsers } from "../helpers/rosters.js";

const HEADER = 160;
const ENTRY = 37;
const users = makeUsers(41);

describe("rosters", () => {
  describe("auditRoster", () => {
    let bytes: Uint8Array;
    let published: RosterFigures;

    before(async () => {
      ({ bytes, figures: published } = await buildRoster(users));
    });

    async function kindsOf(changed: Uint8Array, figures = published): Promise<ReadonlySet<RosterMismatchKind>> {
      const audit = await auditRoster({ source: memorySource(changed), published: figures });
      expect(audit.sound).to.equal(audit.total === 0);
      return new Set(audit.mismatches.map(({ kind }) => kind));
    }

    function changed(change: (copy: Uint8Array, view: DataView) => void): Uint8Array {
      const copy = bytes.slice();
      change(copy, new DataView(copy.buffer));
      return copy;
    }

    it("finds nothing against what was built", async () => {
      for (const count of [1, 2, 3, 41]) {
        const built = await buildRoster(users.slice(0, count));
        const audit = await auditRoster({ source: memorySource(built.bytes), published: built.figures });
        expect(audit).to.deep.equal({ sound: true, found: built.figures, mismatches: [], total: 0 });
      }
      const empty = await buildRoster([], true);
      expect(await kindsOf(empty.bytes, empty.figures)).to.deep.equal(new Set());
    });

    it("finds every bit that was turned, in every section", async () => {
      const sections: readonly [number, number][] = [
        [0, HEADER],
        [HEADER, HEADER + 41 * ENTRY],
        [HEADER + 41 * ENTRY, bytes.length],
      ];
      for (const [from, to] of sections) {
        const bits = fc.integer({ min: from * 8, max: to * 8 - 1 });
        await fc.assert(
          fc.asyncProperty(bits, async (bit) => {
            const turned = changed((copy) => {
              copy[bit >>> 3]! ^= 1 << (bit & 7);
            });
            expect(await kindsOf(turned)).to.not.be.empty;
          }),
          { numRuns: 150 },
        );
      }
    });

    it("finds a file that is cut off or goes on", async () => {
      for (const length of [0, 5, HEADER - 1, HEADER, HEADER + 1, HEADER + 41 * ENTRY, bytes.length - 1]) {
        expect(await kindsOf(bytes.slice(0, length))).to.not.be.empty;
      }
      expect([...(await kindsOf(Uint8Array.of(...bytes, 0)))]).to.deep.equal(["LENGTH"]);
      expect([...(await kindsOf(bytes.slice(0, -101)))]).to.include("PUBLISHED");
    });

    it("believes nothing of a header that lies", async () => {
      for (const [at, name] of [
        [47, "poolId"],
        [51, "cycle"],
        [55, "count"],
        [59, "eligible"],
        [95, "root"],
        [127, "contentHash"],
        [151, "length"],
        [155, "rest"],
      ] as const) {
        const lying = changed((copy) => {
          copy[at]! ^= 1;
        });
        const { mismatches } = await auditRoster({ source: memorySource(lying), published });
        expect(mismatches.map(({ kind, where }) => [kind, where])).to.deep.equal([["HEADER", name]]);
      }
    });

    it("holds the file against what was published, field by field", async () => {
      for (const lie of [{ root: id("root") }, { count: 40 }, { eligible: 3 }, { contentHash: id("content") }]) {
        const audit = await auditRoster({ source: memorySource(bytes), published: { ...published, ...lie } });
        const [[where, expected]] = Object.entries(lie) as [[keyof typeof lie, string | number]];
        const actual = published[where];
        expect(audit.mismatches).to.deep.equal([{ kind: "PUBLISHED", where, expected, actual }]);
      }
    });

    it("finds leaves that were made for another pool or cycle", async () => {
      for (const lie of [{ poolId: id("another pool") }, { cycle: 8 }]) {
        const kinds = await kindsOf(bytes, { ...published, ...lie });
        expect([...kinds]).to.include.members(["HEADER", "NODE", "PUBLISHED"]);
      }
    });

    it("finds users out of order, and one that stands twice", async () => {
      const swapped = changed((copy) => {
        const first = copy.slice(HEADER, HEADER + ENTRY);
        copy.copyWithin(HEADER, HEADER + ENTRY, HEADER + 2 * ENTRY);
        copy.set(first, HEADER + ENTRY);
      });
      expect([...(await kindsOf(swapped))]).to.include("ORDER");
      const twice = changed((copy) => copy.copyWithin(HEADER + ENTRY, HEADER, HEADER + ENTRY));
      expect([...(await kindsOf(twice))]).to.include.members(["ORDER", "PLACE"]);
    });

    it("finds an answer that is neither yes nor no, and a place that is no leaf", async () => {
      const answer = changed((copy) => (copy[HEADER + 32] = 2));
      expect([...(await kindsOf(answer))]).to.include("ANSWER");
      const place = changed((_, view) => {
        view.setUint32(HEADER + 33, 3);
      });
      expect([...(await kindsOf(place))]).to.include("PLACE");
    });

    it("finds leaves in another order than the library's, though all else follows from them", async () => {
      const copy = bytes.slice();
      const nodes = copy.subarray(HEADER + 41 * ENTRY);
      const view = new DataView(copy.buffer);
      const first = view.getUint32(HEADER + 33);
      const second = view.getUint32(HEADER + ENTRY + 33);
      view.setUint32(HEADER + 33, second);
      view.setUint32(HEADER + ENTRY + 33, first);
      const leaf = nodes.slice(first * 32, first * 32 + 32);
      nodes.copyWithin(first * 32, second * 32, second * 32 + 32);
      nodes.set(leaf, second * 32);
      await fillNodes(nodes, 41);
      copy.set(nodes.subarray(0, 32), 64);
      expect([...(await kindsOf(copy, { ...published, root: hexlify(nodes.subarray(0, 32)) }))]).to.deep.equal([
        "LEAF_ORDER",
      ]);
    });

    it("finds bound users who are not in it, where those are given", async () => {
      const auditOf = (bound: readonly BoundUser[]) =>
        auditRoster({
          source: memorySource(bytes),
          published,
          bound: (async function* () {
            await Promise.resolve();
            yield* bound;
          })(),
        });
      const bound = users.map(({ userId }, index) => ({ userId, index }));
      expect((await auditOf(bound)).sound).to.be.true;
      const stranger = id("left out");
      expect((await auditOf([...bound, { userId: stranger, index: 41 }])).mismatches).to.deep.equal([
        { kind: "COVERAGE", where: stranger, expected: "in the roster", actual: "missing" },
      ]);
    });

    it("lists a hundred of a kind and counts the others", async () => {
      const built = await buildRoster(makeUsers(200));
      const wrong = built.bytes.fill(0, HEADER + 200 * ENTRY);
      const audit = await auditRoster({ source: memorySource(wrong), published: built.figures });
      expect(audit.total).to.equal(399);
      expect(audit.mismatches).to.have.length(100);
    });
  });
});
