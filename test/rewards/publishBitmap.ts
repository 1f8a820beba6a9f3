import { expect } from "chai";
import { id, ZeroHash } from "ethers";

import {
  Answer,
  at,
  bitmapContentOf,
  bitmapRoster,
  BY_OPERATOR,
  chunkHashOf,
  createPool,
  endOf,
  finalFrom,
  Form,
  goTo,
  loadWorld,
  PUBLISH,
  refused,
  type Roster,
  Source,
} from "../helpers/rewards.js";

const YES_NO = [true, false, true, false];

describe("RewardPool", () => {
  describe("publish, in the form BITMAP", () => {
    async function fixture(userCount = 4) {
      const world = await loadWorld();
      const state = await createPool(world, { form: Form.BITMAP }, userCount);
      const { poolId } = state;
      await goTo(endOf(state, 0));
      const send = async (roster: Roster, hashes: readonly string[]) =>
        world.pool.connect(world.operator).publish(poolId, 0n, roster, [...hashes], BY_OPERATOR);
      /** Stores the chunks and publishes. */
      const publish = async (answers: readonly boolean[] = YES_NO, changes: Partial<Roster> = {}) => {
        const { roster, chunks, chunkHashes } = bitmapRoster(answers, changes);
        for (const chunk of chunks) await world.store.store(chunk);
        return send(roster, chunkHashes);
      };
      const answers = async () =>
        Promise.all(state.users.map(async ({ userId }) => world.pool.answerOf(poolId, userId, 0n, Source.OPERATOR)));
      return { world, state, poolId, send, publish, answers };
    }

    it("reverts for a roster with a root", async () => {
      const { world, publish } = await fixture();
      const attempt = publish(YES_NO, { root: id("a root") });
      await refused(world, attempt, "RewardPoolWrongRoot", [Form.BITMAP, id("a root")], publish);
    });

    it("reverts for more users than are bound", async () => {
      const { world, publish } = await fixture();
      await refused(world, publish([...YES_NO, true]), "RewardPoolRosterCount", [4n, 5n], publish);
    });

    it("reverts for a content hash of other chunks", async () => {
      const { world, publish } = await fixture();
      const { roster, chunkHashes } = bitmapRoster(YES_NO);
      const contentHash = bitmapContentOf(4, [id("another chunk")]);
      const args = [contentHash, bitmapContentOf(4, chunkHashes)];
      await refused(world, publish(YES_NO, { contentHash }), "RewardPoolContentMismatch", args, publish);
      expect(roster.contentHash).to.equal(args[1]);
    });

    it("reverts for a content hash of another count", async () => {
      const { world, send, publish } = await fixture();
      const { roster, chunkHashes } = bitmapRoster(YES_NO);
      const attempt = send({ ...roster, count: 3n }, chunkHashes);
      const args = [bitmapContentOf(4, chunkHashes), bitmapContentOf(3, chunkHashes)];
      await refused(world, attempt, "RewardPoolContentMismatch", args, publish);
    });

    describe("when there are not as many chunks as the count says", () => {
      const chunk = chunkHashOf("0x05");
      const cases: readonly (readonly [name: string, count: number, hashes: readonly string[], expected: bigint])[] = [
        ["none for some users", 4, [], 1n],
        ["a second one for few users", 4, [chunk, chunk], 1n],
        ["one for no users", 0, [chunk], 0n],
      ];
      for (const [name, count, hashes, expected] of cases) {
        it(`reverts for ${name}`, async () => {
          const { world, send, publish } = await fixture();
          const contentHash = bitmapContentOf(count, hashes);
          const { roster } = bitmapRoster(YES_NO.slice(0, count), { contentHash, noneEligible: true });
          const args = [expected, BigInt(hashes.length)];
          await refused(world, send(roster, hashes), "RewardPoolChunkCount", args, publish);
        });
      }
    });

    it("reverts for a chunk that is not stored, until it is", async () => {
      const { world, send, publish } = await fixture();
      const { roster, chunkHashes } = bitmapRoster(YES_NO);
      await refused(world, send(roster, chunkHashes), "RewardPoolChunkLength", [chunkHashes[0], 1n, 0n], publish);
    });

    for (const [name, chunk, count, expected] of [
      ["a chunk with a byte too many", "0x0500", 4, 1n],
      ["a chunk with a byte too few", "0xff", 9, 2n],
    ] as const) {
      it(`reverts for ${name}`, async () => {
        const { world, send, publish } = await fixture(9);
        await world.store.store(chunk);
        const hashes = [chunkHashOf(chunk)];
        const contentHash = bitmapContentOf(count, hashes);
        const { roster } = bitmapRoster(
          Array.from({ length: count }, () => true),
          { contentHash },
        );
        const args = [hashes[0], expected, BigInt((chunk.length - 2) / 2)];
        await refused(world, send(roster, hashes), "RewardPoolChunkLength", args, publish);
      });
    }

    describe("when nobody is eligible", () => {
      for (const [name, answers] of [
        ["an empty bitmap", []],
        ["a bitmap of refusals alone", [false, false, false]],
      ] as const) {
        it(`reverts for ${name}, unless that is meant`, async () => {
          const { world, state, poolId, publish, answers: answersNow } = await fixture();
          const args = [poolId, 0n, answers.length];
          await refused(world, publish(answers), "RewardPoolNoneEligible", args, async () =>
            publish(answers, { noneEligible: true }),
          );
          expect(await world.pool.evidenceOf(poolId, 0n, Source.OPERATOR, 0n)).not.to.equal(ZeroHash);
          expect(await answersNow()).to.deep.equal(
            state.users.map((_, i) => (i < answers.length ? Answer.NO : Answer.NONE)),
          );
        });
      }
    });

    for (const count of [1, 7, 8, 9, 17]) {
      it(`answers for each of ${count} users, and for none beside them`, async () => {
        const { publish, answers } = await fixture(18);
        const said = Array.from({ length: count }, (_, i) => i % 3 === 0);
        await publish(said);
        expect(await answers()).to.deep.equal(
          Array.from({ length: 18 }, (_, i) => (i >= count ? Answer.NONE : said[i] ? Answer.YES : Answer.NO)),
        );
      });
    }

    it("replaces all that the roster before said, also by fewer users", async () => {
      const { publish, answers } = await fixture();
      await publish([true, true, true, true]);
      await publish([false, true]);
      expect(await answers()).to.deep.equal([Answer.NO, Answer.YES, Answer.NONE, Answer.NONE]);
    });

    it("takes an empty bitmap in place of one with users", async () => {
      const { publish, answers } = await fixture();
      await publish();
      await publish([], { noneEligible: true });
      expect(await answers()).to.deep.equal(Array.from({ length: 4 }, () => Answer.NONE));
    });

    it("takes users in place of an empty bitmap, in the dispute window too", async () => {
      const { state, publish, answers } = await fixture();
      await publish([], { noneEligible: true });
      const { chunks } = bitmapRoster(YES_NO);
      expect(chunks).to.have.length(1);
      await goTo(endOf(state, 0) + PUBLISH + 1n);
      await publish();
      expect(await answers()).to.deep.equal([Answer.YES, Answer.NO, Answer.YES, Answer.NO]);
    });

    it("reverts for a correction from the second that the bitmap is final", async () => {
      const { world, state, publish, send, answers } = await fixture();
      await publish();
      const { roster, chunks, chunkHashes } = bitmapRoster([true, true, true, true]);
      await world.store.store(chunks[0]!);
      const final = finalFrom(state, 0);
      await at(final);
      await refused(world, send(roster, chunkHashes), "RewardPoolTooLate", [final, final]);
      expect((await answers())[1]).to.equal(Answer.NO);
    });

    it("tells of the bitmap", async () => {
      const { world, poolId, publish } = await fixture();
      const { roster } = bitmapRoster(YES_NO);
      await expect(publish())
        .to.emit(world.pool, "RosterPublished")
        .withArgs(poolId, 0n, Source.OPERATOR, ZeroHash, 4n, 2n, roster.contentHash, "");
    });
  });
});
