import { expect } from "chai";
import { ZeroHash } from "ethers";

import {
  actionUntil,
  at,
  createPool,
  finalFrom,
  finalRoot,
  Form,
  goTo,
  GRANT,
  type Line,
  leafOf,
  loadWorld,
  Mode,
  type PoolConfig,
  publishRoot,
  publishVerdict,
  Refusal,
  refused,
  settleByProof,
  Source,
  type Tree,
  unitsOf,
  type User,
  usersOf,
} from "../helpers/rewards.js";

type ProvenUser = User & { readonly eligible: boolean };

describe("RewardPool", () => {
  describe("settleBatchWithProof", () => {
    /** Of eight users the even ones met the condition. */
    async function fixture(changes: Partial<PoolConfig> = {}) {
      const world = await loadWorld();
      const state = await createPool(world, changes, 8);
      const { poolId, users } = state;
      const lines = users.map(({ userId }, i): Line => [userId, i % 2 === 0]);
      /** The users at these places with the multiproof over them, in its order. */
      const batchOf = (tree: Tree, chosen: readonly number[], replaced: readonly User[] = users) => {
        const { leaves, proof, proofFlags } = tree.getMultiProof([...chosen]);
        const batch = leaves.map(([, , userId, eligible]) => {
          const { account } = replaced.find((user) => user.userId === userId)!;
          return { userId: userId as string, account, eligible: eligible as boolean };
        });
        return { batch, proof, proofFlags };
      };
      type Batch = ReturnType<typeof batchOf>;
      const send = async ({ batch, proof, proofFlags }: Batch, cycle = 0) =>
        world.pool.connect(world.stranger).settleBatchWithProof(poolId, cycle, batch, proof, proofFlags);
      const settle = async (tree: Tree, chosen: readonly number[], cycle = 0) => send(batchOf(tree, chosen), cycle);
      const units = async () => Promise.all(users.map(async (user) => unitsOf(world, state, user)));
      return { world, state, poolId, users, lines, batchOf, send, settle, units };
    }

    async function finalFixture(changes: Partial<PoolConfig> = {}) {
      const fixed = await fixture(changes);
      const tree = await finalRoot(fixed.world, fixed.state, 0, fixed.lines);
      return { ...fixed, tree };
    }

    for (const chosen of [[0], [1], [0, 1], [2, 7], [0, 3, 4, 5], [0, 1, 2, 3, 4, 5, 6, 7]]) {
      it(`settles the users ${chosen.join(", ")} of eight under one proof`, async () => {
        const { world, poolId, users, tree, settle, units } = await finalFixture();
        const settled = settle(tree, chosen);
        for (const i of chosen) {
          await expect(settled).to.emit(world.pool, "Settled").withArgs(poolId, users[i]!.userId, 1n);
        }
        await expect(settled).not.to.emit(world.pool, "NotSettled");
        expect(await units()).to.deep.equal(users.map((_, i) => (chosen.includes(i) && i % 2 === 0 ? GRANT : 0n)));
      });
    }

    it("reclaims from some and grants to others in one batch", async () => {
      const { world, state, poolId, users, lines, tree, settle, units } = await finalFixture();
      await settle(tree, [0, 2]);
      const next = await finalRoot(
        world,
        state,
        1,
        lines.map(([userId, eligible]) => [userId, !eligible]),
      );
      await expect(settle(next, [0, 1], 1))
        .to.emit(world.pool, "TransferSingle")
        .withArgs(world.stranger.address, users[0]!.account, world.poolAddress, poolId, GRANT)
        .and.to.emit(world.pool, "NotSettled")
        .withArgs(poolId, users[1]!.userId, Refusal.EARLIER_CYCLE_OPEN);
      expect((await units()).slice(0, 3)).to.deep.equal([0n, 0n, GRANT]);
    });

    it("goes by the verifier's root in mode VERIFIER", async () => {
      const { world, state, lines, settle, units } = await fixture({ mode: Mode.VERIFIER });
      const tree = await publishVerdict(world, state, 0, lines);
      await goTo(finalFrom(state, 0));
      await settle(tree, [0, 1]);
      expect((await units()).slice(0, 2)).to.deep.equal([GRANT, 0n]);
    });

    describe("when one of many cannot be settled", () => {
      it("leaves out a user who is settled", async () => {
        const { world, state, poolId, users, tree, settle, units } = await finalFixture();
        await settleByProof(world, state, 0, tree, users[2]!, true);
        await expect(settle(tree, [0, 2, 4]))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, users[2]!.userId, Refusal.ALREADY_SETTLED);
        expect((await units()).slice(0, 5)).to.deep.equal([GRANT, 0n, GRANT, 0n, GRANT]);
      });

      it("leaves out a user with another account", async () => {
        const { world, poolId, users, tree, batchOf, send, units } = await finalFixture();
        const crossed = users.map((user, i) => (i === 2 ? { ...user, account: world.stranger.address } : user));
        await expect(send(batchOf(tree, [0, 2, 4], crossed)))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, users[2]!.userId, Refusal.NOT_BOUND);
        expect((await units()).slice(0, 5)).to.deep.equal([GRANT, 0n, 0n, 0n, GRANT]);
      });

      it("leaves out a user who is listed and not bound", async () => {
        const { world, state, poolId, users, lines, batchOf, send, units } = await fixture();
        const nobody = usersOf("0x05", 1)[0]!;
        const tree = await finalRoot(world, state, 0, [...lines.slice(0, 7), [nobody.userId, true]]);
        await expect(send(batchOf(tree, [0, 7], [...users, nobody])))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, nobody.userId, Refusal.NOT_BOUND);
        expect((await units())[0]).to.equal(GRANT);
      });

      it("counts the first of two answers for one user, and leaves out the second", async () => {
        const { world, state, poolId, users, batchOf, send, units } = await fixture();
        const { userId } = users[0]!;
        const tree = await finalRoot(world, state, 0, [
          [userId, true],
          [userId, false],
          [users[1]!.userId, true],
        ]);
        const { batch, proof, proofFlags } = batchOf(tree, [0, 1]);
        await expect(send({ batch, proof, proofFlags }))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, userId, Refusal.ALREADY_SETTLED);
        expect((await units())[0]).to.equal(batch[0]!.eligible ? GRANT : 0n);
      });

      it("leaves out who is too many for the pool, settles the rest, and the others within the window", async () => {
        const { world, poolId, users, tree, batchOf, send, settle, units } = await finalFixture({
          totalUnits: 2n * GRANT,
        });
        const batch = batchOf(tree, [0, 1, 2, 4, 5]);
        const granted = batch.batch.filter(({ eligible }) => eligible).map(({ userId }) => userId);
        const settled = send(batch);
        await expect(settled).to.emit(world.pool, "NotSettled").withArgs(poolId, granted[2], Refusal.POOL_EXHAUSTED);
        for (const i of [1, 5]) {
          await expect(settled).to.emit(world.pool, "Settled").withArgs(poolId, users[i]!.userId, 1n);
        }
        const left = users.findIndex(({ userId }) => userId === granted[2]);
        expect((await units())[left]).to.equal(0n);
        await world.pool.connect(world.operator).topUp(poolId, GRANT);
        await settle(tree, [left]);
        expect((await units())[left]).to.equal(GRANT);
        expect(await world.pool.balanceOf(world.poolAddress, poolId)).to.equal(0n);
      });

      it("leaves out everybody in the last second before the root is final", async () => {
        const { world, state, poolId, users, lines, settle, units } = await fixture();
        const tree = await publishRoot(world, state, 0, lines);
        await at(finalFrom(state, 0) - 1n);
        await expect(settle(tree, [0]))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, users[0]!.userId, Refusal.NOT_FINAL);
        await at(finalFrom(state, 0));
        await settle(tree, [0]);
        expect((await units())[0]).to.equal(GRANT);
      });

      it("leaves out everybody from the second that the action window is over", async () => {
        const { world, state, poolId, users, tree, settle, units } = await finalFixture();
        await at(actionUntil(state, 0) - 1n);
        await settle(tree, [0]);
        await at(actionUntil(state, 0));
        await expect(settle(tree, [2]))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, users[2]!.userId, Refusal.WINDOW_OVER);
        expect((await units()).slice(0, 3)).to.deep.equal([GRANT, 0n, 0n]);
      });
    });

    describe("when the proof is wrong", () => {
      it("reverts for nobody, though the root proves itself", async () => {
        const { world, poolId, tree, send, settle } = await finalFixture();
        expect(await world.pool.evidenceOf(poolId, 0n, Source.OPERATOR, 0n)).to.equal(tree.root);
        const attempt = send({ batch: [], proof: [tree.root], proofFlags: [] });
        await refused(world, attempt, "RewardPoolWrongProof", [tree.root, ZeroHash], async () => settle(tree, [0]));
      });

      type Abuse = (honest: {
        readonly batch: readonly ProvenUser[];
        readonly proof: readonly string[];
        readonly proofFlags: readonly boolean[];
        readonly stranger: ProvenUser;
      }) => { batch: ProvenUser[]; proof: string[]; proofFlags: boolean[] };
      const abuses: readonly (readonly [name: string, abuse: Abuse, error: "proof" | "lengths" | "bounds"])[] = [
        [
          "for the other answer of one user",
          ({ batch, proof, proofFlags }) => ({
            batch: batch.map((user, i) => (i === 1 ? { ...user, eligible: !user.eligible } : user)),
            proof: [...proof],
            proofFlags: [...proofFlags],
          }),
          "proof",
        ],
        [
          "for one user too many",
          ({ batch, proof, proofFlags, stranger }) => ({
            batch: [...batch, stranger],
            proof: [...proof],
            proofFlags: [...proofFlags],
          }),
          "lengths",
        ],
        [
          "for one user too many, and a flag more that takes a node twice",
          ({ batch, proof, proofFlags, stranger }) => ({
            batch: [...batch, stranger],
            proof: [...proof],
            proofFlags: [...proofFlags, true],
          }),
          "proof",
        ],
        [
          "for one user too many in place of a node of the proof",
          ({ batch, proof, proofFlags, stranger }) => ({
            batch: [...batch, stranger],
            proof: proof.slice(1),
            proofFlags: [...proofFlags],
          }),
          "bounds",
        ],
        [
          "for a user twice",
          ({ batch, proof, proofFlags }) => ({
            batch: [batch[0]!, ...batch],
            proof: [...proof],
            proofFlags: [true, ...proofFlags],
          }),
          "proof",
        ],
        [
          "for a user twice with flags that skip one",
          ({ batch, proof, proofFlags }) => ({
            batch: [...batch, batch[0]!],
            proof: [...proof],
            proofFlags: [...proofFlags, false],
          }),
          "bounds",
        ],
        [
          "for users in another order",
          ({ batch, proof, proofFlags }) => ({
            batch: [...batch].reverse(),
            proof: [...proof],
            proofFlags: [...proofFlags],
          }),
          "proof",
        ],
        [
          "for no flags, with the root among the proof",
          ({ stranger, batch }) => ({ batch: [stranger], proof: [batch[0]!.userId], proofFlags: [] }),
          "lengths",
        ],
        ["for a stranger alone", ({ stranger }) => ({ batch: [stranger], proof: [], proofFlags: [] }), "proof"],
      ];
      for (const [name, abuse] of abuses) {
        it(`reverts ${name}`, async () => {
          const { world, poolId, tree, batchOf, send, units, users } = await finalFixture();
          const honest = batchOf(tree, [0, 3, 4]);
          const stranger = { userId: users[1]!.userId, account: users[1]!.account, eligible: true };
          const abused = abuse({ ...honest, stranger });
          const [{ userId, eligible }] = abused.batch as [ProvenUser];
          const args = [tree.root, leafOf(poolId, 0, userId, eligible)];
          await refused(world, send(abused), "RewardPoolWrongProof", args);
          expect(await units()).to.deep.equal(users.map(() => 0n));
          await send(honest);
          expect((await units())[0]).to.equal(GRANT);
        });
      }

      it("reverts for the proof of another cycle", async () => {
        const { world, state, poolId, users, lines, tree, settle } = await finalFixture();
        const next = await finalRoot(world, state, 1, lines);
        const args = [next.root, leafOf(poolId, 1, users[0]!.userId, true)];
        await refused(world, settle(tree, [0], 1), "RewardPoolWrongProof", args, async () => settle(tree, [0]));
      });
    });

    it("reverts where nothing was published", async () => {
      const { world, poolId, tree, settle } = await finalFixture();
      await refused(world, settle(tree, [0], 1), "RewardPoolNoEvidence", [poolId, 1n, Source.OPERATOR], async () =>
        settle(tree, [0]),
      );
    });

    for (const [name, mode, form] of [
      ["bitmaps", Mode.ROSTER, Form.BITMAP],
      ["both lists", Mode.BOTH, Form.ROOT],
    ] as const) {
      it(`reverts for a pool with ${name}`, async () => {
        const { world, state, poolId, send } = await fixture({ mode, form });
        await goTo(finalFrom(state, 0));
        const attempt = send({ batch: [], proof: [], proofFlags: [] });
        await refused(world, attempt, "RewardPoolWrongForm", [poolId, mode, form]);
      });
    }
  });
});
