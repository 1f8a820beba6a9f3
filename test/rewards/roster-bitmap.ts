import { expect } from "chai";
import { AbiCoder, hexlify, id, keccak256, ZeroHash } from "ethers";
import fc from "fast-check";
import { network } from "hardhat";

import {
  auditBitmapRoster,
  type BitmapRoster,
  bitmapContentHash,
  type BoundUser,
  buildBitmapRoster,
  CHUNK_USERS,
  chunkHashOf,
  decodeBitmapRoster,
  encodeBitmapRoster,
  memorySource,
  type RosterEntry,
} from "../../sdk/src/index.js";
import { toBitmapRoster } from "../../sdk/src/rewards/roster/bitmap/toBitmapRoster.js";
import { makeUsers, place, refusalOf, rowsOf } from "../helpers/rosters.js";

const { ethers } = await network.create();

async function* boundTo(users: readonly BoundUser[]): AsyncGenerator<BoundUser> {
  await Promise.resolve();
  yield* users;
}

function indexed(users: readonly RosterEntry[]): BoundUser[] {
  return users.map(({ userId }, index) => ({ userId, index }));
}

function build(users: readonly RosterEntry[], bound: readonly BoundUser[], count: number): Promise<BitmapRoster> {
  return buildBitmapRoster({ ...place, rows: rowsOf(users), bound: boundTo(bound), count });
}

describe("rosters", () => {
  describe("buildBitmapRoster", () => {
    it("sets the bit of each user's index, as the contract reads it", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 70 }), async (answers) => {
          fc.pre(answers.includes(true));
          const users = answers.map((eligible, i) => ({ userId: id(`user ${i}`), eligible }));
          const { chunks, figures } = await build(users.toReversed(), indexed(users), users.length);
          expect(chunks).to.have.length(1);
          expect(chunks[0]).to.have.length(Math.ceil(answers.length / 8));
          const bits = answers.map((_, i) => ((chunks[0]![i >>> 3]! >>> (i % 8)) & 1) === 1);
          expect(bits).to.deep.equal(answers);
          expect(figures).to.include({
            root: ZeroHash,
            count: answers.length,
            eligible: answers.filter(Boolean).length,
          });
        }),
        { numRuns: 50 },
      );
    });

    it("cuts chunks of 196,600 users", async () => {
      expect(CHUNK_USERS).to.equal(196_600);
      const users = makeUsers(CHUNK_USERS + 9);
      const { chunks, chunkHashes, figures } = await build(users, indexed(users), users.length);
      expect(chunks.map(({ length }) => length)).to.deep.equal([24_575, 2]);
      expect(chunks[1]![1]).to.equal(users[CHUNK_USERS + 8]!.eligible ? 1 : 0);
      const encoded = AbiCoder.defaultAbiCoder().encode(["uint32", "bytes32[]"], [users.length, chunkHashes]);
      expect(figures.contentHash).to.equal(keccak256(encoded));
      expect(figures.contentHash).to.equal(bitmapContentHash(users.length, chunkHashes));
    }).timeout(60_000);

    it("covers exactly the users bound below the count", async () => {
      const users = makeUsers(6);
      const bound = indexed(users);
      expect((await build(users.slice(0, 4), bound, 4)).figures.count).to.equal(4);
      const missing = await refusalOf(build(users.slice(1), bound, 6), "ROSTER_NOT_OF_BOUND_USERS");
      expect(missing.args).to.deep.include({ missing: { total: 1, first: [users[0]!.userId] }, unbound: 0 });
      const unknown = await refusalOf(build(users, bound, 5), "ROSTER_NOT_OF_BOUND_USERS");
      expect(unknown.args).to.deep.include({ unknown: { total: 1, first: [users[5]!.userId] } });
      const unbound = await refusalOf(build(users.slice(0, 5), bound.slice(0, 5), 6), "ROSTER_NOT_OF_BOUND_USERS");
      expect(unbound.args).to.deep.include({ unbound: 1 });
      for (const twice of [
        { userId: users[0]!.userId, index: 1 },
        { userId: users[1]!.userId, index: 0 },
      ]) {
        const error = await refusalOf(build(users, [...bound, twice], 6), "ROSTER_NOT_OF_BOUND_USERS");
        expect(error.args["repeated"]).to.have.property("total").that.is.greaterThan(0);
      }
      const [first, second, third] = users;
      const crowded = [...bound.slice(0, 2), { userId: third!.userId, index: 0 }];
      const error = await refusalOf(build([first!, second!, third!], crowded, 2), "ROSTER_NOT_OF_BOUND_USERS");
      expect(error.args["repeated"]).to.deep.equal({ total: 1, first: [third!.userId] });
    });

    it("builds a roster that says yes to nobody only if that is meant", async () => {
      const users = makeUsers(3).map(({ userId }) => ({ userId, eligible: false }));
      await refusalOf(build(users, indexed(users), 3), "ROSTER_NONE_ELIGIBLE");
      const work = { ...place, noneEligible: true };
      const none = await buildBitmapRoster({ ...work, rows: rowsOf(users), bound: boundTo(indexed(users)), count: 3 });
      expect(none.figures).to.include({ count: 3, eligible: 0 });
      const empty = await buildBitmapRoster({ ...work, rows: rowsOf([]), bound: boundTo([]), count: 0 });
      expect(empty.chunks).to.deep.equal([]);
    });
  });

  describe("chunkHashOf", () => {
    it("is the hash under which the chunk store keeps a chunk", async () => {
      const store = await ethers.deployContract("ChunkStore");
      for (const length of [1, 2, 255, 256, 2_000]) {
        const chunk = new Uint8Array(length).map((_, i) => i * 7 + length);
        const chunkHash = chunkHashOf(chunk);
        expect(await store.getFunction("store").staticCall(chunk)).to.equal(chunkHash);
        await store.getFunction("store")(chunk);
        const pointer = await store.getFunction("pointerOf")(chunkHash);
        expect(await ethers.provider.getCode(pointer)).to.equal(`0x00${hexlify(chunk).slice(2)}`);
      }
    });

    it("refuses a chunk that no contract can hold", async () => {
      for (const length of [0, 24_576]) {
        const hash = Promise.resolve(new Uint8Array(length)).then(chunkHashOf);
        expect((await refusalOf(hash, "ROSTER_CHUNK_LENGTH")).args).to.deep.equal({ max: 24_575, actual: length });
      }
    });
  });

  describe("encodeBitmapRoster, decodeBitmapRoster and auditBitmapRoster", () => {
    it("write a file, read it, and find every bit that was turned", async () => {
      const users = makeUsers(21);
      const roster = await build(users, indexed(users), 21);
      const bytes = encodeBitmapRoster(roster);
      expect(decodeBitmapRoster(bytes)).to.deep.equal(roster);
      const auditOf = (changed: Uint8Array, published = roster.figures) =>
        auditBitmapRoster({ source: memorySource(changed), published });
      expect(await auditOf(bytes)).to.deep.include({ sound: true, found: roster.figures });
      for (let bit = 0; bit < bytes.length * 8; ++bit) {
        const turned = bytes.slice();
        turned[bit >>> 3]! ^= 1 << (bit & 7);
        expect((await auditOf(turned)).sound, `bit ${bit}`).to.be.false;
      }
      for (const wrong of [bytes.slice(0, -1), bytes.slice(0, 50), Uint8Array.of(...bytes, 0)]) {
        expect((await auditOf(wrong)).mismatches).to.have.nested.property("[0].kind", "LENGTH");
        await refusalOf(Promise.resolve(wrong).then(decodeBitmapRoster), "ROSTER_FILE_MALFORMED");
      }
      const beyond = encodeBitmapRoster(toBitmapRoster(place, 3, Uint8Array.of(0b1111)));
      const refusal = await refusalOf(Promise.resolve(beyond).then(decodeBitmapRoster), "ROSTER_FILE_DAMAGED");
      expect(refusal.message).to.include("bits beyond its last user");
      const { mismatches } = await auditOf(bytes, { ...roster.figures, eligible: 2 });
      expect(mismatches).to.deep.equal([{ kind: "PUBLISHED", where: "eligible", expected: 2, actual: 14 }]);
    });
  });
});
