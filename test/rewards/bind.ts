import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";

import {
  type BoundUser,
  at,
  createPool,
  endOf,
  ethers,
  loadWorld,
  refused,
  rewardDigest,
  signReward,
  type User,
  usersOf,
} from "../helpers/rewards.js";

/** Long after all that happens here. */
const DEADLINE = 2n ** 33n;

describe("RewardPool", () => {
  describe("bind", () => {
    async function fixture(userCount = 0) {
      const world = await loadWorld();
      const state = await createPool(world, {}, userCount);
      const newcomers = usersOf(id("newcomers"), 3);
      const bind = async (
        users: readonly User[] = newcomers,
        signature = "0x",
        by = world.registrar,
        deadline = DEADLINE,
      ) =>
        world.pool.connect(by).bind(
          state.poolId,
          users.map(({ userId, account }) => ({ userId, account })),
          deadline,
          signature,
        );
      return { world, state, poolId: state.poolId, newcomers, bind };
    }

    it("reverts for a caller who is not the registrar, the operator too", async () => {
      const { world, newcomers, bind } = await fixture();
      const args = [world.registrar.address, world.operator.address];
      await refused(world, bind(newcomers, "0x", world.operator), "RewardPoolNotRegistrar", args, bind);
    });

    it("binds until the second before the deadline, and reverts at it, the registrar too", async () => {
      const { world, state, newcomers, bind } = await fixture();
      const deadline = state.start + 100n;
      await at(deadline);
      await refused(
        world,
        bind(newcomers, "0x", world.registrar, deadline),
        "RewardPoolTooLate",
        [deadline, deadline],
        async () => {
          await at(deadline + 1n);
          await bind(newcomers, "0x", world.registrar, deadline + 2n);
        },
      );
    });

    describe("when a signature is given", () => {
      async function signedFixture() {
        const fixed = await fixture();
        const { world, poolId, newcomers } = fixed;
        const value = {
          poolId,
          users: newcomers.map(({ userId, account }) => ({ userId, account })),
          deadline: DEADLINE,
        };
        return { ...fixed, value, signature: await signReward(world, world.registrar, "Bindings", value) };
      }

      it("reverts for another's", async () => {
        const { world, value, newcomers, bind, signature } = await signedFixture();
        const others = await signReward(world, world.operator, "Bindings", value);
        const args = [world.registrar.address, rewardDigest(world, "Bindings", value)];
        await refused(world, bind(newcomers, others, world.caller), "RewardPoolWrongSignature", args, async () =>
          bind(newcomers, signature, world.caller),
        );
      });

      it("reverts for one over other users, even where the registrar is the caller", async () => {
        const { world, value, newcomers, bind, signature } = await signedFixture();
        const fewer = newcomers.slice(1);
        const args = [
          world.registrar.address,
          rewardDigest(world, "Bindings", { ...value, users: value.users.slice(1) }),
        ];
        await refused(world, bind(fewer, signature), "RewardPoolWrongSignature", args, async () => bind(fewer));
      });

      it("reverts for one over another pool", async () => {
        const { world, value, poolId, newcomers, bind, signature } = await signedFixture();
        const other = await createPool(world, { grant: 1n }, 0);
        const elsewhere = await signReward(world, world.registrar, "Bindings", { ...value, poolId: other.poolId });
        const args = [world.registrar.address, rewardDigest(world, "Bindings", { ...value, poolId })];
        await refused(world, bind(newcomers, elsewhere, world.caller), "RewardPoolWrongSignature", args, async () =>
          bind(newcomers, signature, world.caller),
        );
      });

      it("reverts for another deadline than was signed", async () => {
        const { world, value, newcomers, bind, signature } = await signedFixture();
        const args = [world.registrar.address, rewardDigest(world, "Bindings", { ...value, deadline: DEADLINE + 1n })];
        const attempt = bind(newcomers, signature, world.caller, DEADLINE + 1n);
        await refused(world, attempt, "RewardPoolWrongSignature", args, async () =>
          bind(newcomers, signature, world.caller),
        );
      });

      it("binds for the registrar, whoever calls", async () => {
        const { world, poolId, newcomers, bind, signature } = await signedFixture();
        await bind(newcomers, signature, world.stranger);
        expect((await world.pool.poolOf(poolId)).userCount).to.equal(3n);
      });

      it("binds nobody twice by the same signature", async () => {
        const { world, poolId, newcomers, bind, signature } = await signedFixture();
        await bind(newcomers, signature, world.stranger);
        await expect(bind(newcomers, signature, world.stranger)).not.to.emit(world.pool, "Bound");
        expect((await world.pool.poolOf(poolId)).userCount).to.equal(3n);
      });

      it("binds for a registrar that is a wallet", async () => {
        const { world } = await signedFixture();
        const wallet = await ethers.deployContract("OwnerWallet", [world.stranger.address]);
        const { poolId } = await createPool(world, { registrar: await wallet.getAddress() }, 0);
        const [{ userId, account }] = usersOf(poolId, 1) as [BoundUser];
        const value = { poolId, users: [{ userId, account }], deadline: DEADLINE };
        const signature = await signReward(world, world.stranger, "Bindings", value);
        await world.pool.connect(world.caller).bind(poolId, value.users, DEADLINE, signature);
        expect(await world.pool.userIdOf(poolId, account)).to.equal(userId);
      });
    });

    it("gives indexes in the order of binding, and the cycle that runs", async () => {
      const { world, state, poolId, newcomers, bind } = await fixture(2);
      await at(endOf(state, 2) + 5n);
      await expect(bind())
        .to.emit(world.pool, "Bound")
        .withArgs(poolId, newcomers[0]!.userId, newcomers[0]!.account, 2n, 3n)
        .and.to.emit(world.pool, "Bound")
        .withArgs(poolId, newcomers[2]!.userId, newcomers[2]!.account, 4n, 3n);
      const member = await world.pool.memberOf(poolId, newcomers[1]!.userId);
      expect([...member]).to.deep.equal([newcomers[1]!.account, 3n, 0n, 3n, 0n, 0n]);
      expect((await world.pool.poolOf(poolId)).userCount).to.equal(5n);
    });

    for (const [when, seconds, firstCycle] of [
      ["before the pool starts", undefined, 0n],
      ["in the last second of a cycle", -1n, 0n],
      ["in the first second of the next one", 0n, 1n],
    ] as const) {
      it(`begins with cycle ${firstCycle} ${when}`, async () => {
        const { world, state, poolId, newcomers, bind } = await fixture();
        if (seconds !== undefined) await at(endOf(state, 0) + seconds);
        await bind();
        expect((await world.pool.memberOf(poolId, newcomers[0]!.userId)).nextCycle).to.equal(firstCycle);
      });
    }

    describe("when one of many cannot be bound", () => {
      const cases: readonly (readonly [
        name: string,
        item: (user: User, bound: User, pool: string) => User,
        boundAccount: (bound: User) => string,
      ])[] = [
        ["a user id of zero", (user) => ({ ...user, userId: ZeroHash }), () => ZeroAddress],
        ["an account of zero", (user) => ({ ...user, account: ZeroAddress }), () => ZeroAddress],
        ["the contract itself", (user, _, pool) => ({ ...user, account: pool }), () => ZeroAddress],
        [
          "a user id that is bound to another account",
          (user, bound) => ({ ...user, userId: bound.userId }),
          (bound) => bound.account,
        ],
        [
          "an account that is bound to another user id",
          (user, bound) => ({ ...user, account: bound.account }),
          () => ZeroAddress,
        ],
        ["what is bound already", (_, bound) => bound, (bound) => bound.account],
      ];
      for (const [name, itemOf, boundAccountOf] of cases) {
        it(`leaves out ${name}, and binds the others without a gap`, async () => {
          const { world, state, poolId, newcomers, bind } = await fixture(1);
          const bound = state.users[0]!;
          const [first, second, third] = newcomers as [BoundUser, BoundUser, BoundUser];
          const item = itemOf(second, bound, world.poolAddress);
          await expect(bind([first, item, third]))
            .to.emit(world.pool, "NotBound")
            .withArgs(poolId, item.userId, item.account, boundAccountOf(bound));
          const indexes = await Promise.all(
            [bound, first, third].map(async ({ userId }) => (await world.pool.memberOf(poolId, userId)).index),
          );
          expect(indexes).to.deep.equal([0n, 1n, 2n]);
          expect((await world.pool.memberOf(poolId, bound.userId)).account).to.equal(bound.account);
          expect(await world.pool.userIdOf(poolId, bound.account)).to.equal(bound.userId);
          expect((await world.pool.poolOf(poolId)).userCount).to.equal(3n);
        });
      }

      it("leaves out the second of two that are the same", async () => {
        const { world, poolId, newcomers, bind } = await fixture();
        const [user] = newcomers as [BoundUser];
        await expect(bind([user, user]))
          .to.emit(world.pool, "NotBound")
          .withArgs(poolId, user.userId, user.account, user.account);
        expect((await world.pool.poolOf(poolId)).userCount).to.equal(1n);
      });
    });

    it("binds an account in every pool that names it", async () => {
      const { world, poolId, newcomers, bind } = await fixture();
      const other = await createPool(world, { grant: 1n }, 0);
      await bind();
      const { userId, account } = newcomers[0]!;
      await world.pool
        .connect(world.registrar)
        .bind(other.poolId, [{ userId: id("elsewhere"), account }], DEADLINE, "0x");
      expect(await world.pool.userIdOf(poolId, account)).to.equal(userId);
      expect(await world.pool.userIdOf(other.poolId, account)).to.equal(id("elsewhere"));
    });
  });
});
