import { expect } from "chai";
import { ZeroAddress } from "ethers";

import {
  type BoundUser,
  createPool,
  ethers,
  GRANT,
  grantByRoot,
  loadWorld,
  refused,
  TOTAL,
} from "../helpers/rewards.js";

/** The interface ids of ERC-165, ERC-1155 and its extension, and the id that no contract may support. */
const INTERFACES = { erc165: "0x01ffc9a7", erc1155: "0xd9b67a26", metadata: "0x0e89341c", none: "0xffffffff" };

describe("RewardPool", () => {
  describe("units", () => {
    /** The first user holds a grant. */
    async function fixture() {
      const world = await loadWorld();
      const state = await createPool(world);
      const [user, other] = state.users as [BoundUser, BoundUser];
      await grantByRoot(world, state, 0, [user]);
      return { world, state, poolId: state.poolId, unitId: BigInt(state.poolId), user, other };
    }

    it("are balances of the pool's id as a number", async () => {
      const { world, unitId, user, other } = await fixture();
      expect(await world.pool.balanceOf(user.account, unitId)).to.equal(GRANT);
      expect(await world.pool.balanceOf(other.account, unitId)).to.equal(0n);
      expect(await world.pool.balanceOf(world.poolAddress, unitId)).to.equal(TOTAL - GRANT);
    });

    for (const [name, of] of [
      ["an account that is not bound", "stranger"],
      ["nobody", "zero"],
    ] as const) {
      it(`are none for ${name}`, async () => {
        const { world, unitId } = await fixture();
        const account = of === "zero" ? ZeroAddress : world.stranger.address;
        expect(await world.pool.balanceOf(account, unitId)).to.equal(0n);
      });
    }

    it("are none of a pool that never was", async () => {
      const { world, user } = await fixture();
      expect(await world.pool.balanceOf(user.account, 1n)).to.equal(0n);
      expect(await world.pool.balanceOf(world.poolAddress, 1n)).to.equal(0n);
    });

    it("are told of many accounts and pools at once", async () => {
      const { world, unitId, user, other } = await fixture();
      const balances = await world.pool.balanceOfBatch(
        [user.account, other.account, world.poolAddress, user.account],
        [unitId, unitId, unitId, 1n],
      );
      expect(balances).to.deep.equal([GRANT, 0n, TOTAL - GRANT, 0n]);
      expect(await world.pool.balanceOfBatch([], [])).to.deep.equal([]);
    });

    it("are not told of accounts and ids of different number", async () => {
      const { world, unitId, user } = await fixture();
      const attempt = world.pool.balanceOfBatch([user.account], [unitId, 1n]);
      await refused(world, attempt, "RewardPoolLengthMismatch", [1n, 2n]);
    });

    it("say that they are ERC-1155 and ERC-165, and nothing else", async () => {
      const { world } = await fixture();
      const supported = await Promise.all(
        Object.values(INTERFACES).map(async (id) => world.pool.supportsInterface(id)),
      );
      expect(supported).to.deep.equal([true, true, false, false]);
    });

    describe("when somebody would move them", () => {
      for (const by of ["the holder", "the operator", "the registrar", "a stranger"] as const) {
        it(`refuses a transfer by ${by}`, async () => {
          const { world, state, unitId, user, other } = await fixture();
          const callers = {
            "the holder": await ethers.getImpersonatedSigner(user.account),
            "the operator": world.operator,
            "the registrar": world.registrar,
            "a stranger": world.stranger,
          };
          const args = [unitId, user.account, other.account];
          // As a call, for the holder has no money for gas.
          const attempt = world.pool
            .connect(callers[by])
            .safeTransferFrom.staticCall(user.account, other.account, unitId, 1n, "0x");
          await refused(world, attempt, "RewardPoolNotTransferable", args);
          expect(await world.pool.balanceOf(user.account, state.poolId)).to.equal(GRANT);
        });
      }

      it("refuses a transfer of nothing, and one to oneself", async () => {
        const { world, unitId, user } = await fixture();
        const stranger = world.stranger.address;
        await refused(
          world,
          world.pool.connect(world.stranger).safeTransferFrom(stranger, user.account, unitId, 0n, "0x"),
          "RewardPoolNotTransferable",
          [unitId, stranger, user.account],
        );
        await refused(
          world,
          world.pool.connect(world.stranger).safeTransferFrom(stranger, stranger, unitId, 0n, "0x"),
          "RewardPoolNotTransferable",
          [unitId, stranger, stranger],
        );
      });

      it("refuses a batch of transfers, also of none", async () => {
        const { world, unitId, user, other } = await fixture();
        const send = async (ids: readonly bigint[], values: readonly bigint[]) =>
          world.pool.safeBatchTransferFrom(user.account, other.account, [...ids], [...values], "0x");
        const parties = [user.account, other.account];
        await refused(world, send([unitId], [1n]), "RewardPoolNotTransferable", [unitId, ...parties]);
        await refused(world, send([1n, unitId], [0n, 1n]), "RewardPoolNotTransferable", [1n, ...parties]);
        await refused(world, send([], []), "RewardPoolNotTransferable", [0n, ...parties]);
        expect(await world.pool.balanceOf(user.account, unitId)).to.equal(GRANT);
      });

      for (const approved of [true, false]) {
        it(`refuses to set an approval to ${approved}`, async () => {
          const { world, user } = await fixture();
          const { stranger, caller, pool } = world;
          const args = [0n, stranger.address, caller.address];
          const attempt = pool.connect(stranger).setApprovalForAll(caller.address, approved);
          await refused(world, attempt, "RewardPoolNotTransferable", args);
          expect(await pool.isApprovedForAll(stranger.address, caller.address)).to.equal(false);
          expect(await pool.isApprovedForAll(user.account, user.account)).to.equal(false);
        });
      }
    });

    it("move by events that add up to the balances", async () => {
      const { world, state, unitId, user } = await fixture();
      await world.pool.connect(world.operator).topUp(state.poolId, 7n);
      const moves = await world.pool.queryFilter(world.pool.filters.TransferSingle());
      const balances = new Map<string, bigint>();
      for (const { args } of moves) {
        expect(args.id).to.equal(unitId);
        balances.set(args.from, (balances.get(args.from) ?? 0n) - args.value);
        balances.set(args.to, (balances.get(args.to) ?? 0n) + args.value);
      }
      expect([...balances]).to.deep.equal([
        [ZeroAddress, -TOTAL - 7n],
        [world.poolAddress, TOTAL + 7n - GRANT],
        [user.account, GRANT],
      ]);
    });
  });
});
