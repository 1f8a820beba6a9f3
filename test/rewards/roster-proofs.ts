import { expect } from "chai";
import { hexlify, id, getBytes, keccak256 } from "ethers";

import { decodeBitmapRoster, encodeBitmapRoster, RosterError } from "../../sdk/src/index.js";
import { toBitmapRoster } from "../../sdk/src/rewards/roster/bitmap/toBitmapRoster.js";
import { buildTree } from "../../sdk/src/rewards/roster/tree/buildTree.js";
import { fillNodes } from "../../sdk/src/rewards/roster/tree/fillNodes.js";
import { hashPair } from "../../sdk/src/rewards/roster/tree/hashPair.js";
import { multiProofPlan } from "../../sdk/src/rewards/roster/tree/multiProofPlan.js";
import { rootFromMultiProof } from "../../sdk/src/rewards/roster/tree/rootFromMultiProof.js";
import { libraryTree, makeUsers, place } from "../helpers/rosters.js";

const [a, b, c] = ["a", "b", "c"].map((text) => getBytes(id(text))) as [Uint8Array, Uint8Array, Uint8Array];
const both = (x: Uint8Array, y: Uint8Array): Uint8Array => hashPair(x, 0, y, 0).slice();

describe("rosters", () => {
  describe("rootFromMultiProof", () => {
    it("leads from one leaf to itself, and from leaves and siblings to the root", () => {
      expect(rootFromMultiProof([a], [], [])).to.deep.equal(a);
      expect(rootFromMultiProof([a, b], [], [true])).to.deep.equal(both(a, b));
      expect(rootFromMultiProof([a, b], [c], [true, false])).to.deep.equal(both(both(a, b), c));
    });

    it("leads nowhere where leaves, siblings and flags do not fit each other", () => {
      const wrong: readonly Parameters<typeof rootFromMultiProof>[] = [
        [[a, b], [], []],
        [[a], [b, c], [false]],
        [[a], [b], [false, false]],
        [[a, b, c], [], [false, true]],
        [[], [a, b], [true]],
        [[], [a, b], [false]],
        [[a], [b], [true]],
        [[], [], []],
      ];
      for (const given of wrong) expect(rootFromMultiProof(...given)).to.equal(undefined);
    });
  });

  describe("multiProofPlan", () => {
    it("needs nothing for the root, nor for nobody", () => {
      expect(multiProofPlan([0])).to.deep.equal({ leaves: [0], proof: [], proofFlags: [] });
      expect(multiProofPlan([])).to.deep.equal({ leaves: [], proof: [], proofFlags: [] });
    });
  });

  describe("buildTree", () => {
    it("puts each user where the library does, and tells of the first leaf and the root", async () => {
      const users = makeUsers(7);
      const told: object[] = [];
      const ids = new Uint8Array(users.flatMap(({ userId }) => [...getBytes(userId)]));
      const eligible = users.filter((user) => user.eligible).length;
      const list = { count: 7, eligible, ids, answers: Uint8Array.from(users, (user) => (user.eligible ? 1 : 0)) };
      const { nodes, places } = await buildTree(list, place, (progress) => told.push(progress));
      const { tree } = libraryTree(users).dump();
      expect(nodes).to.have.length(32 * tree.length);
      expect(tree.map((_, i) => hexlify(nodes.subarray(32 * i, 32 * i + 32)))).to.deep.equal(tree);
      expect([...places]).to.deep.equal(
        libraryTree(users)
          .dump()
          .values.map(({ treeIndex }) => treeIndex),
      );
      expect(told).to.deep.equal([
        { stage: "hashing leaves", done: 0, total: 7 },
        { stage: "hashing nodes", done: 6, total: 6 },
      ]);
    });
  });

  describe("fillNodes", () => {
    it("tells how far it has come now and then, and at the end", async () => {
      const leaves = 16_386;
      const told: object[] = [];
      await fillNodes(new Uint8Array(32 * (2 * leaves - 1)), leaves, (progress) => told.push(progress));
      expect(told).to.deep.equal([
        { stage: "hashing nodes", done: 1, total: leaves - 1 },
        { stage: "hashing nodes", done: leaves - 1, total: leaves - 1 },
      ]);
    });
  });

  describe("decodeBitmapRoster", () => {
    const codeOf = (bytes: Uint8Array): unknown => {
      try {
        return decodeBitmapRoster(bytes).figures;
      } catch (error) {
        if (!(error instanceof RosterError)) throw error;
        return error.code;
      }
    };
    const roster = toBitmapRoster(place, 21, Uint8Array.of(0b10110, 0xff, 0b1));
    const bytes = encodeBitmapRoster(roster);

    it("reads rosters of nobody, and of whole and broken bytes, out of the midst of others", () => {
      for (const [count, bits] of [
        [0, []],
        [16, [0xff, 0x80]],
        [21, [0, 0xff, 0b11111]],
      ] as const) {
        const expected = toBitmapRoster(place, count, Uint8Array.from(bits));
        const file = encodeBitmapRoster(expected);
        const amidst = Uint8Array.of(9, 9, 9, ...file, 9).subarray(3, 3 + file.length);
        expect(decodeBitmapRoster(amidst)).to.deep.equal(expected);
      }
    });

    it("reads a roster of more than one chunk", () => {
      const expected = toBitmapRoster(place, 196_609, new Uint8Array(24_577).fill(0b1010_0101).fill(1, -1));
      expect(expected.chunks.map(({ length }) => length)).to.deep.equal([24_575, 2]);
      expect(decodeBitmapRoster(encodeBitmapRoster(expected))).to.deep.equal(expected);
    });

    it("takes no other file, whatever bit was turned", () => {
      for (let bit = 0; bit < bytes.length * 8; ++bit) {
        const turned = bytes.slice();
        turned[bit >>> 3]! ^= 1 << (bit & 7);
        const at = bit >>> 3;
        const found = codeOf(turned);
        // The pool and the cycle are what the file says they are; who reads it holds them against the pool's.
        if ((at >= 12 && at < 16) || (at >= 32 && at < 64)) {
          expect(found, `bit ${bit}`).to.be.an("object").that.does.not.deep.equal(roster.figures);
        } else if (at < 12) {
          expect(found, `bit ${bit}`).to.equal("ROSTER_FILE_MALFORMED");
        } else {
          expect(found, `bit ${bit}`).to.match(/^ROSTER_FILE_(?:MALFORMED|DAMAGED)$/);
        }
      }
    });

    it("says what it is instead", () => {
      const later = bytes.slice();
      later[11] = 2;
      const wrong: readonly [Uint8Array, object][] = [
        [bytes.slice(0, 95), { reason: "it does not begin as one" }],
        [later, { reason: "its version is 2", version: 2 }],
        [bytes.slice(0, -1), { reason: "it has 98 bytes instead of 99", expected: 99, actual: 98 }],
      ];
      for (const [file, args] of wrong) {
        expect(() => decodeBitmapRoster(file))
          .to.throw(RosterError)
          .that.deep.includes({ code: "ROSTER_FILE_MALFORMED", args });
      }
      const beyond = bytes.slice();
      beyond[98] = 0x80;
      const turned = bytes.slice();
      turned[97] = 0;
      for (const [file, reason] of [
        [beyond, "it has bits beyond its last user"],
        [turned, "its header is not that of its bits"],
      ] as const) {
        expect(() => decodeBitmapRoster(file))
          .to.throw(RosterError)
          .that.deep.includes({ code: "ROSTER_FILE_DAMAGED", args: { reason } });
      }
    });
  });

  it("hash a pair the same whichever comes first", () => {
    const [x, y] = hexlify(a) < hexlify(b) ? [a, b] : [b, a];
    const expected = keccak256(Uint8Array.of(...x, ...y));
    expect([both(a, b), both(b, a)].map((hash) => hexlify(hash))).to.deep.equal([expected, expected]);
  });
});
