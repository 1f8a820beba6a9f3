import { expect } from "chai";

import { bitmapOf, type Guildhall, type Pool, type RewardError, type UserAccount } from "../../sdk/src/index.js";
import { Killed, mortalSigner } from "../helpers/mortalSigner.js";
import { rosterTree } from "../helpers/rosterTree.js";
import {
  approve,
  bitmapFor,
  collect,
  connectAs,
  createPool,
  ethers,
  GRANT,
  loadRewards,
  networkHelpers,
  provider,
  reportsOf,
  type RewardsHall,
  toMoment,
  userOf,
} from "./sdk-fixture.js";

const YES_NO = (_: unknown, index: number) => index % 2 === 0;

async function caught(promise: Promise<unknown>): Promise<RewardError> {
  return promise.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error as RewardError,
  );
}

/** Ends well, or by the kill. Anything else is a failure. */
async function untilKilled(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return false;
  } catch (error) {
    if (error instanceof Killed) return true;
    throw error;
  }
}

/** What every user holds, and how often each was settled. */
async function booksOf(hall: RewardsHall, { poolId }: Pool, users: readonly UserAccount[]) {
  const { rewards } = hall.halls.stranger;
  const members = await Promise.all(users.map(({ userId }) => rewards.member(poolId, userId)));
  const events = await rewards.history({ poolId, names: ["Settled"] });
  const settled = events.map(({ args }) => ("userId" in args ? args.userId : ""));
  const pool = await rewards.pool(poolId);
  return {
    units: members.map((member) => member?.units),
    nextCycles: members.map((member) => member?.nextCycle),
    available: pool.availableUnits,
    twice: settled.length - new Set(settled).size,
  };
}

/** Kills the work around each of its transactions in turn, each time from the same state, then runs it to its end. */
async function killEverywhere(
  start: () => Promise<{ readonly hall: RewardsHall; readonly party: "operator" | "registrar" | "stranger" }>,
  work: (rewards: Guildhall["rewards"]) => Promise<unknown>,
  check: (runs: { readonly killed: boolean; readonly sent: number }) => Promise<void>,
): Promise<number> {
  let kills = 0;
  for (const when of ["before", "after"] as const) {
    for (let at = 1; ; ++at) {
      const { hall, party } = await start();
      const mortal = mortalSigner(hall.signers[party], at, when);
      const killed = await untilKilled(work((await connectAs(hall, mortal)).rewards));
      const again = mortalSigner(hall.signers[party], 0, when);
      await work((await connectAs(hall, again)).rewards);
      await check({ killed, sent: mortal.sent() + again.sent() });
      if (!killed) break;
      kills += 1;
    }
  }
  return kills;
}

describe("rewards SDK", () => {
  describe("publishBitmap", () => {
    // Three chunks: two full ones and a rest.
    const count = 24_575 * 8 * 2 + 9;
    const bits = new Uint8Array(Math.ceil(count / 8)).fill(0x5a, 0, 24_575).fill(0xa5, 24_575);
    bits[bits.length - 1] = 1;
    // Only a pool with so many users takes it: their number is written into the pool's record, slot 1.
    const large = async (hall: RewardsHall): Promise<Pool> => {
      const pool = await createPool(hall);
      const { address } = hall.halls.stranger.rewards;
      for (let base = 0n; base < 20n; ++base) {
        const slot = ethers.keccak256(
          ethers.AbiCoder.defaultAbiCoder().encode(["bytes32", "uint256"], [pool.poolId, base]),
        );
        const at = ethers.toBeHex(BigInt(slot) + 1n, 32);
        const word = BigInt(await ethers.provider.getStorage(address, at));
        if ((word & ((1n << 160n) - 1n)) !== BigInt(pool.operator)) continue;
        const mask = 0xffffffffn << 184n;
        await networkHelpers.setStorageAt(address, at, (word & ~mask) | (BigInt(count) << 184n));
      }
      return hall.halls.stranger.rewards.pool(pool.poolId);
    };

    it("stores the chunks, publishes them as a whole, and repeats nothing", async () => {
      const hall = await loadRewards();
      const pool = await large(hall);
      expect(pool.userCount).to.equal(count);
      await toMoment(pool, 0, "end");
      const { rewards } = hall.halls.operator;
      const bitmap = bitmapOf({ count, bits });
      const told: number[] = [];
      const onProgress = ({ there }: { readonly there: number }) => told.push(there);
      const work = { poolId: pool.poolId, cycle: 0, bitmap, evidenceUri: "uri", onProgress };
      expect(await rewards.publishBitmap(work)).to.include({ stored: 3, published: true });
      expect(told).to.deep.equal([1, 2, 3]);
      expect(await rewards.publishBitmap(work)).to.include({ stored: 0, published: false });

      // A correction that differs in the last chunk stores that one alone.
      const corrected = bits.slice();
      corrected[corrected.length - 1] = 0;
      const next = { ...work, bitmap: bitmapOf({ count, bits: corrected }) };
      expect(await rewards.publishBitmap(next)).to.include({ stored: 1, published: true });
      expect(await rewards.publishBitmap(work)).to.include({ stored: 0, published: true });
    });

    it("comes to the same end wherever it is killed", async () => {
      let hall: RewardsHall;
      let pool: Pool;
      const bitmap = bitmapOf({ count, bits });
      const kills = await killEverywhere(
        async () => {
          hall = await loadRewards();
          pool = await large(hall);
          await toMoment(pool, 0, "end");
          return { hall, party: "operator" };
        },
        (rewards) => rewards.publishBitmap({ poolId: pool.poolId, cycle: 0, bitmap, evidenceUri: "uri" }),
        async ({ sent }) => {
          expect(sent).to.equal(4);
          const events = await hall.halls.stranger.rewards.history({ poolId: pool.poolId, names: ["RosterPublished"] });
          expect(events.map(({ args }) => ("contentHash" in args ? args.contentHash : ""))).to.deep.equal([
            bitmap.figures.contentHash,
          ]);
        },
      );
      expect(kills).to.equal(8);
    });

    it("refuses bits that are too few or behind the last user", () => {
      expect(() => bitmapOf({ count: 9, bits: Uint8Array.of(1) })).to.throw("has 2 bytes, and this one 1");
      expect(() => bitmapOf({ count: 9, bits: Uint8Array.of(1, 2) })).to.throw("bits behind its last user");
      expect(bitmapOf({ count: 9, bits: Uint8Array.of(1, 1) }).figures.eligible).to.equal(2);
      expect(bitmapOf({ count: 0, bits: new Uint8Array() }).chunks).to.deep.equal([]);
    });

    it("does not trust a node that has other bytes at a chunk's address", async () => {
      const hall = await loadRewards();
      const pool = await createPool(hall);
      await toMoment(pool, 0, "end");
      const { rewards } = hall.halls.operator;
      const bitmap = bitmapFor(hall.users.map(() => true));
      const { pointer } = await (await rewards.storeChunk({ chunk: bitmap.chunks[0]! })).wait();
      await provider.request({ method: "hardhat_setCode", params: [pointer, "0x00ffff00"] });
      const error = await caught(rewards.publishBitmap({ poolId: pool.poolId, cycle: 0, bitmap, evidenceUri: "" }));
      expect(error).to.deep.include({ code: "REWARD_CHUNK_DIFFERS", args: { pointer } });
    });

    it("publishes an empty bitmap once", async () => {
      const hall = await loadRewards();
      const pool = await createPool(hall, {}, []);
      await toMoment(pool, 0, "end");
      const { rewards } = hall.halls.operator;
      const work = { poolId: pool.poolId, cycle: 0, bitmap: bitmapFor([]), evidenceUri: "" };
      expect(await rewards.publishBitmap(work)).to.include({ stored: 0, published: true });
      expect(await rewards.publishBitmap(work)).to.include({ stored: 0, published: false });
    });
  });

  describe("bindUsers", () => {
    it("comes to the same end wherever it is killed, and names who cannot be bound", async () => {
      let hall: RewardsHall;
      let pool: Pool;
      const taken = { userId: ethers.id("someone else"), account: userOf(3).account };
      const moved = { userId: userOf(4).userId, account: userOf(400).account };
      const kills = await killEverywhere(
        async () => {
          hall = await loadRewards();
          pool = await createPool(hall, {}, []);
          await (
            await hall.halls.registrar.rewards.bind({ poolId: pool.poolId, users: hall.users.slice(3, 5) })
          ).wait();
          return { hall, party: "registrar" };
        },
        async (rewards) => {
          const users = [...hall.users.slice(0, 4), taken, moved, ...hall.users.slice(5)];
          const steps = await collect(rewards.bindUsers({ poolId: pool.poolId, users, batchSize: 6 }));
          const told = steps.flatMap(({ bound, already, refused }) => [...bound, ...already, ...refused]);
          expect(told.map(({ userId }) => userId)).to.have.members(users.map(({ userId }) => userId));
          expect(steps.flatMap(({ refused }) => refused)).to.deep.equal([
            { poolId: pool.poolId, ...taken, boundAccount: ethers.ZeroAddress },
            { poolId: pool.poolId, ...moved, boundAccount: userOf(4).account },
          ]);
        },
        async ({ sent }) => {
          expect(sent).to.equal(3);
          expect((await hall.halls.stranger.rewards.pool(pool.poolId)).userCount).to.equal(20);
        },
      );
      expect(kills).to.equal(6);
    });
  });

  describe("settleUsers", () => {
    it("settles by bitmaps, wherever it is killed, and nobody twice", async () => {
      let hall: RewardsHall;
      let pool: Pool;
      const kills = await killEverywhere(
        async () => {
          hall = await loadRewards();
          pool = await createPool(hall);
          for (const cycle of [0, 1]) {
            await toMoment(pool, cycle, "end");
            const bitmap = bitmapFor(hall.users.map((user, i) => cycle === 0 || YES_NO(user, i)));
            await hall.halls.operator.rewards.publishBitmap({ poolId: pool.poolId, cycle, bitmap, evidenceUri: "" });
          }
          await toMoment(pool, 1, "finalFrom");
          return { hall, party: "stranger" };
        },
        async (rewards) => {
          const reports = await reportsOf(
            rewards.settleUsers({ poolId: pool.poolId, users: hall.users, batchSize: 7 }),
          );
          expect(reports.map(({ userId }) => userId)).to.have.members(hall.users.map(({ userId }) => userId));
          expect(reports.every(({ status }) => status === "settled" || status === "already")).to.equal(true);
        },
        async ({ sent }) => {
          expect(sent).to.equal(3);
          expect(await booksOf(hall, pool, hall.users)).to.deep.equal({
            units: hall.users.map((_, i) => (i % 2 === 0 ? 2n * GRANT : 0n)),
            nextCycles: hall.users.map(() => 2),
            available: 1_000n - 200n,
            twice: 0,
          });
        },
      );
      expect(kills).to.equal(6);
    });

    it("settles by proofs, wherever it is killed, and nobody twice", async () => {
      let hall: RewardsHall;
      let pool: Pool;
      let tree: ReturnType<typeof rosterTree>;
      const unlisted = 13;
      const kills = await killEverywhere(
        async () => {
          hall = await loadRewards();
          pool = await createPool(hall, { form: "ROOT" });
          const listed = hall.users.map(({ userId }, i) => ({ userId, eligible: i % 2 === 0 }));
          tree = rosterTree(pool.poolId, 0, listed.toSpliced(unlisted, 1));
          await toMoment(pool, 0, "end");
          const published = { poolId: pool.poolId, cycle: 0, roster: tree.roster };
          await (await hall.halls.operator.rewards.publish(published)).wait();
          await toMoment(pool, 0, "finalFrom");
          return { hall, party: "stranger" };
        },
        async (rewards) => {
          const work = { poolId: pool.poolId, cycle: 0, users: hall.users, proofs: tree, batchSize: 7 };
          const reports = await reportsOf(rewards.settleUsers(work));
          expect(reports.map(({ userId }) => userId)).to.have.members(hall.users.map(({ userId }) => userId));
          expect(reports.filter(({ status }) => status === "unlisted").map(({ userId }) => userId)).to.deep.equal([
            userOf(unlisted).userId,
          ]);
        },
        async ({ sent }) => {
          expect(sent).to.equal(3);
          expect(await booksOf(hall, pool, hall.users)).to.deep.equal({
            units: hall.users.map((_, i) => (i % 2 === 0 ? GRANT : 0n)),
            nextCycles: hall.users.map((_, i) => (i === unlisted ? 0 : 1)),
            available: 1_000n - 100n,
            twice: 0,
          });
        },
      );
      expect(kills).to.equal(6);
    });

    describe("in mode BOTH by proofs", () => {
      /** Of each four users the lists agree on the first and the last. */
      const agree = (i: number): boolean => i % 4 === 0 || i % 4 === 3;

      async function published(hall: RewardsHall) {
        const pool = await createPool(hall, { form: "ROOT", mode: "BOTH", verifier: hall.verifier });
        const { poolId } = pool;
        const treeOf = (eligible: (i: number) => boolean) =>
          rosterTree(
            poolId,
            0,
            hall.users.map(({ userId }, i) => ({ userId, eligible: eligible(i) })),
          );
        const [proofs, verdictProofs] = [treeOf((i) => i % 4 < 2), treeOf((i) => i % 2 === 0)];
        await toMoment(pool, 0, "end");
        const { operator, stranger } = hall.halls;
        await (await operator.rewards.publish({ poolId, cycle: 0, roster: proofs.roster })).wait();
        const verdict = await approve(hall, pool, 0, verdictProofs.roster);
        await (await stranger.rewards.publish({ poolId, cycle: 0, roster: verdictProofs.roster, verdict })).wait();
        await toMoment(pool, 0, "finalFrom");
        return { pool, proofs, verdictProofs };
      }

      it("settles those on whom the lists agree in batches and the others alone, wherever it is killed", async () => {
        const started = loadRewards();
        const users = (await started).users.slice(0, 8);
        let hall: RewardsHall;
        let scene: Awaited<ReturnType<typeof published>>;
        const kills = await killEverywhere(
          async () => {
            hall = await loadRewards();
            scene = await published(hall);
            return { hall, party: "stranger" };
          },
          async (rewards) => {
            const { pool, ...lists } = scene;
            const work = { poolId: pool.poolId, cycle: 0, users, ...lists, batchSize: 3 };
            const reports = await reportsOf(rewards.settleUsers(work));
            expect(reports.map(({ userId }) => userId)).to.have.members(users.map(({ userId }) => userId));
          },
          async ({ sent }) => {
            // Four in two batches, four alone.
            expect(sent).to.equal(users.filter((_, i) => !agree(i)).length + 2);
            expect(await booksOf(hall, scene.pool, users)).to.deep.equal({
              units: users.map((_, i) => (i % 4 === 0 ? GRANT : 0n)),
              nextCycles: users.map(() => 1),
              available: 1_000n - 2n * GRANT,
              twice: 0,
            });
          },
        );
        expect(kills).to.equal(12);
      });

      it("refuses lists that prove their users in different orders", async () => {
        const hall = await loadRewards();
        const { pool, proofs, verdictProofs } = await published(hall);
        const reversed = {
          ...verdictProofs,
          multiProofOf: async (userIds: readonly string[]) => {
            const honest = await verdictProofs.multiProofOf(userIds);
            return { ...honest, users: [...honest.users].reverse() };
          },
        };
        const { rewards } = hall.halls.stranger;
        const work = { poolId: pool.poolId, cycle: 0, users: hall.users.slice(0, 4), proofs, verdictProofs: reversed };
        expect((await caught(reportsOf(rewards.settleUsers(work)))).code).to.equal("REWARD_PROOFS_DIFFER");
        // One at a time there is but one order.
        const reports = await reportsOf(rewards.settleUsers({ ...work, batchSize: 1 }));
        expect(reports.filter(({ status }) => status === "settled")).to.have.length(4);
      });
    });

    it("takes for settled who was settled by a transaction on its way when he was looked at", async () => {
      const hall = await loadRewards();
      const pool = await createPool(hall);
      const { poolId } = pool;
      await toMoment(pool, 0, "end");
      const bitmap = bitmapFor(hall.users.map(() => true));
      await hall.halls.operator.rewards.publishBitmap({ poolId, cycle: 0, bitmap, evidenceUri: "" });
      await toMoment(pool, 0, "finalFrom");
      const { rewards } = hall.halls.stranger;
      const early = hall.users.slice(0, 5);
      // The other settler's transaction arrives between the reading of the window and the batch.
      async function* users() {
        yield* hall.users;
        await Promise.resolve();
      }
      const original = rewards.contract.memberOf.bind(rewards.contract);
      let reads = 0;
      const racing = await connectAs(hall, {
        ...mortalSigner(hall.signers.stranger, 0, "before"),
        sendTransaction: async (request) => {
          reads += 1;
          if (reads === 1) {
            await (await hall.halls.registrar.rewards.settleBatch({ poolId, users: early, untilCycle: 1 })).wait();
          }
          return hall.signers.stranger.sendTransaction(request);
        },
      });
      const reports = await reportsOf(racing.rewards.settleUsers({ poolId, users: users() }));
      expect(reports.filter(({ status }) => status === "already")).to.have.length(5);
      expect(reports.filter(({ status }) => status === "settled")).to.have.length(15);
      expect((await original(poolId, early[0]!.userId)).units).to.equal(GRANT);
    });

    it("reports strangers, wrong accounts and an exhausted pool, each alone", async () => {
      const hall = await loadRewards();
      const pool = await createPool(hall, { totalUnits: 25n });
      const { poolId } = pool;
      await toMoment(pool, 0, "end");
      const bitmap = bitmapFor(hall.users.map(() => true));
      await hall.halls.operator.rewards.publishBitmap({ poolId, cycle: 0, bitmap, evidenceUri: "" });
      await toMoment(pool, 0, "finalFrom");
      const users = [userOf(77), { ...userOf(0), account: userOf(1).account }, ...hall.users.slice(1, 5)];
      const { rewards } = hall.halls.stranger;
      const settle = () => reportsOf(rewards.settleUsers({ poolId, users }));
      const settled = { status: "settled", nextCycle: 1, units: GRANT };
      expect(await settle()).to.deep.equal([
        { userId: userOf(77).userId, status: "refused", refusal: "NOT_BOUND" },
        { userId: userOf(0).userId, status: "refused", refusal: "NOT_BOUND" },
        { userId: userOf(1).userId, ...settled },
        { userId: userOf(2).userId, ...settled },
        { userId: userOf(3).userId, status: "refused", refusal: "POOL_EXHAUSTED" },
        { userId: userOf(4).userId, status: "refused", refusal: "POOL_EXHAUSTED" },
      ]);
      // The right is kept: units come, and the same call settles the rest.
      await (await hall.halls.operator.rewards.topUp({ poolId, units: 15n })).wait();
      expect((await settle()).map(({ status }) => status)).to.deep.equal([
        "refused",
        "refused",
        "already",
        "already",
        "settled",
        "settled",
      ]);
    });

    it("refuses before it sends what cannot be settled now, or not so", async () => {
      const hall = await loadRewards();
      const pool = await createPool(hall, { form: "ROOT" });
      const { poolId } = pool;
      const { users } = hall;
      const { rewards } = hall.halls.stranger;
      const proofs = rosterTree(poolId, 0, [{ userId: userOf(0).userId, eligible: true }]);
      const codeOf = async (work: object) =>
        (await caught(reportsOf(rewards.settleUsers({ poolId, users, ...work })))).code;
      expect(await codeOf({ cycle: 0, proofs })).to.equal("REWARD_NOT_FINAL");
      expect(await codeOf({ untilCycle: 1 })).to.equal("REWARD_WRONG_FORM");
      await toMoment(pool, 0, "finalFrom");
      expect(await codeOf({ cycle: 0 })).to.equal("REWARD_PROOFS_MISSING");
      expect(await codeOf({ cycle: 0, proofs })).to.equal("CONTRACT_REVERT");
      await toMoment(pool, 0, "actionUntil");
      expect(await codeOf({ cycle: 0, proofs })).to.equal("REWARD_WINDOW_OVER");
    });

    it("fills a transaction to its gas cap and no further", async function () {
      this.timeout(120_000);
      const hall = await loadRewards();
      const users = Array.from({ length: 700 }, (_, index) => userOf(index));
      const pool = await createPool(hall, { totalUnits: 7_000n, share: 10n ** 14n }, []);
      const { poolId } = pool;
      const binding = await collect(hall.halls.registrar.rewards.bindUsers({ poolId, users }));
      expect(binding.flatMap(({ bound }) => bound)).to.have.length(700);
      await toMoment(pool, 0, "end");
      const bitmap = bitmapFor(users.map(() => true));
      await hall.halls.operator.rewards.publishBitmap({ poolId, cycle: 0, bitmap, evidenceUri: "" });
      await toMoment(pool, 0, "finalFrom");
      const steps = await collect(hall.halls.stranger.rewards.settleUsers({ poolId, users }));
      const sizes = steps.map(({ reports }) => reports.length);
      expect(sizes.reduce((sum, size) => sum + size, 0)).to.equal(700);
      expect(sizes[0]).to.equal(50);
      expect(sizes[1]).to.be.greaterThan(400);
      for (const { gasUsed } of steps) expect(gasUsed < 16_777_216n).to.equal(true);
      expect((await hall.halls.stranger.rewards.pool(poolId)).availableUnits).to.equal(0n);
    });
  });
});
