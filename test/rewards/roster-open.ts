import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { id } from "ethers";
import fc from "fast-check";

import { memorySource, openRoster, type RosterError, type RosterSource } from "../../sdk/src/index.js";
import { buildRoster, type Leaf, LEAF_ENCODING, libraryTree, makeUsers, place, refusalOf } from "../helpers/rosters.js";

const users = makeUsers(61);
const tree = libraryTree(users);

const leafValue = ({ userId, eligible }: { userId: string; eligible: boolean }): Leaf => [
  place.poolId,
  place.cycle,
  userId,
  eligible,
];

describe("rosters", () => {
  describe("openRoster", () => {
    let bytes: Uint8Array;

    before(async () => {
      ({ bytes } = await buildRoster(users));
    });

    it("gives each user the library's proof", async () => {
      const roster = await openRoster(memorySource(bytes));
      expect(roster.header).to.include({ ...place, root: tree.root, count: 61, version: 1 });
      for (const [i, user] of users.entries()) {
        const { leaf, proof, ...entry } = await roster.proofOf(user.userId);
        expect(entry).to.deep.equal(user);
        expect(proof).to.deep.equal(tree.getProof(i));
        expect(leaf).to.equal(tree.leafHash(leafValue(user)));
        expect(StandardMerkleTree.verify(tree.root, LEAF_ENCODING, leafValue(user), [...proof])).to.be.true;
        expect(await roster.has(user.userId)).to.be.true;
      }
    });

    it("gives any users the library's multiproof", async () => {
      const roster = await openRoster(memorySource(bytes));
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(fc.nat(60), { minLength: 1 }), async (chosen) => {
          const expected = tree.getMultiProof(chosen);
          const { users: proven, proof, proofFlags } = await roster.multiProofOf(chosen.map((i) => users[i]!.userId));
          expect(proven.map(leafValue)).to.deep.equal(expected.leaves);
          expect(proof).to.deep.equal(expected.proof);
          expect(proofFlags).to.deep.equal(expected.proofFlags);
          const given = { leaves: proven.map(leafValue), proof: [...proof], proofFlags: [...proofFlags] };
          expect(StandardMerkleTree.verifyMultiProof(tree.root, LEAF_ENCODING, given)).to.be.true;
        }),
        { numRuns: 60 },
      );
    });

    it("lists all users by id", async () => {
      const roster = await openRoster(memorySource(bytes));
      const listed = [];
      for await (const entry of roster.entries()) listed.push(entry);
      expect(listed).to.deep.equal(users.toSorted((a, b) => (a.userId < b.userId ? -1 : 1)));
    });

    it("serves rosters of one user and of none", async () => {
      const one = await openRoster(memorySource((await buildRoster(users.slice(0, 1))).bytes));
      expect((await one.proofOf(users[0]!.userId)).proof).to.deep.equal([]);
      expect(await one.multiProofOf([users[0]!.userId])).to.deep.include({ proof: [], proofFlags: [] });
      const none = await openRoster(memorySource((await buildRoster([], true)).bytes));
      expect(await none.has(users[0]!.userId)).to.be.false;
    });

    it("names a user who is not there, or is asked for twice", async () => {
      const roster = await openRoster(memorySource(bytes));
      const [userId] = users.map((user) => user.userId);
      const stranger = id("a stranger");
      expect(await roster.has(stranger)).to.be.false;
      expect(await roster.has("0x12")).to.be.false;
      expect((await refusalOf(roster.proofOf(stranger), "ROSTER_USER_UNKNOWN")).args["userId"]).to.equal(stranger);
      await refusalOf(roster.multiProofOf([userId!, stranger]), "ROSTER_USER_UNKNOWN");
      await refusalOf(
        roster.multiProofOf([userId!, userId!.toUpperCase().replace("0X", "0x")]),
        "ROSTER_USER_REPEATED",
      );
      await refusalOf(roster.multiProofOf([]), "ROSTER_OUT_OF_RANGE");
    });

    it("reads little of a large file", async () => {
      const many = makeUsers(20_000);
      const { bytes: large } = await buildRoster(many);
      const inMemory = memorySource(large);
      let read = 0;
      const counting: RosterSource = {
        size: inMemory.size,
        read: (offset, length) => {
          read += length;
          return inMemory.read(offset, length);
        },
      };
      const roster = await openRoster(counting);
      await roster.proofOf(many[12_345]!.userId);
      expect(large.length).to.be.greaterThan(2_000_000);
      expect(read).to.be.lessThan(25 * 4_096);
    });

    it("tries a read that failed once more", async () => {
      const inMemory = memorySource(bytes);
      let failures = 1;
      const roster = await openRoster({
        size: inMemory.size,
        read: (offset, length) =>
          offset > 0 && failures-- > 0 ? Promise.reject(new RangeError("once")) : inMemory.read(offset, length),
      });
      const [userId] = users.map((user) => user.userId);
      expect(await roster.proofOf(userId!).catch((error: unknown) => error)).to.be.instanceOf(RangeError);
      expect((await roster.proofOf(userId!)).userId).to.equal(userId);
    });

    it("refuses a file that is none, is cut off, or has something after its end", async () => {
      for (const wrong of [
        new Uint8Array(0),
        new Uint8Array(500),
        bytes.slice(0, 100),
        bytes.slice(0, -1),
        Uint8Array.of(...bytes, 0),
      ]) {
        await refusalOf(openRoster(memorySource(wrong)), "ROSTER_FILE_MALFORMED");
      }
      const later = bytes.slice();
      later[11] = 2;
      const error = await refusalOf(openRoster(memorySource(later)), "ROSTER_FILE_MALFORMED");
      expect(error.message).to.include("its version is 2");
    });

    it("gives out no proof that does not lead to the root, whatever bit was turned", async () => {
      const expected = new Map<string, unknown>();
      const sound = await openRoster(memorySource(bytes));
      for (const { userId } of users) expected.set(userId, await sound.proofOf(userId));
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length * 8 - 1), fc.nat(60), async (bit, i) => {
          const turned = bytes.slice();
          turned[bit >>> 3]! ^= 1 << (bit & 7);
          const { userId } = users[i]!;
          const outcome = await openRoster(memorySource(turned))
            .then((roster) => roster.proofOf(userId))
            .catch((error: unknown) => error as { readonly code: string });
          const right = expected.get(userId);
          if ("code" in outcome) expect(outcome.code).to.match(/^ROSTER_(?:FILE|USER)_/);
          else expect(outcome).to.deep.equal(right);
        }),
        { numRuns: 300 },
      );
    });

    it("takes no inner node for a leaf, wherever an entry points", async () => {
      const first = users.map(({ userId }) => userId).toSorted()[0]!;
      const expected = (await (await openRoster(memorySource(bytes))).proofOf(first)).proof;
      for (let node = 0; node < 2 * users.length + 3; ++node) {
        const forged = bytes.slice();
        new DataView(forged.buffer).setUint32(160 + 33, node);
        const roster = await openRoster(memorySource(forged));
        const outcome = await roster.proofOf(first).catch((error: unknown) => (error as RosterError).code);
        if (typeof outcome === "string") expect(outcome).to.equal("ROSTER_FILE_DAMAGED");
        else expect(outcome.proof).to.deep.equal(expected);
      }
    });
  });
});
