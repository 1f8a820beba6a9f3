import { expect } from "chai";
import { AbiCoder, keccak256 } from "ethers";

import {
  type BoundUser,
  actionUntil,
  at,
  BY_OPERATOR,
  createPool,
  endOf,
  finalFrom,
  finalRoot,
  Form,
  goTo,
  GRANT,
  type Line,
  leafOf,
  loadWorld,
  Mode,
  NO_DEADLINE,
  type PoolConfig,
  proofOf,
  publishRoot,
  publishVerdict,
  refused,
  report,
  owedTo,
  rootRoster,
  settleByProof,
  Source,
  TOTAL,
  treeOf,
  unitsOf,
  usersOf,
} from "../helpers/rewards.js";

describe("RewardPool", () => {
  describe("settleWithProof", () => {
    async function fixture(changes: Partial<PoolConfig> = {}) {
      const world = await loadWorld();
      const state = await createPool(world, changes);
      const [user, other, third, absent] = state.users as [BoundUser, BoundUser, BoundUser, BoundUser];
      const linesOf = (eligible: boolean): Line[] => [
        [user.userId, eligible],
        [other.userId, !eligible],
        [third.userId, true],
      ];
      return { world, state, poolId: state.poolId, user, other, third, absent, linesOf };
    }

    /** Cycle 0 is final, and says yes of the first user and no of the second. */
    async function finalFixture(changes: Partial<PoolConfig> = {}) {
      const fixed = await fixture(changes);
      const { world, state, user } = fixed;
      const tree = await finalRoot(world, state, 0, fixed.linesOf(true));
      const honest = async () => settleByProof(world, state, 0, tree, user, true);
      return { ...fixed, tree, honest };
    }

    describe("when time is not right", () => {
      it("reverts in the last second before the root is final", async () => {
        const { world, state, user, linesOf } = await fixture();
        const tree = await publishRoot(world, state, 0, linesOf(true));
        const final = finalFrom(state, 0);
        await at(final - 1n);
        const attempt = settleByProof(world, state, 0, tree, user, true);
        await refused(world, attempt, "RewardPoolTooEarly", [final, final - 1n], async () => {
          await at(final);
          return settleByProof(world, state, 0, tree, user, true);
        });
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });

      it("reverts from the second that the action window is over", async () => {
        const { world, state, user, other, tree } = await finalFixture();
        const over = actionUntil(state, 0);
        await at(over - 1n);
        await settleByProof(world, state, 0, tree, user, true);
        await at(over);
        const attempt = settleByProof(world, state, 0, tree, other, false);
        await refused(world, attempt, "RewardPoolTooLate", [over, over]);
        expect((await world.pool.memberOf(state.poolId, other.userId)).nextCycle).to.equal(0n);
      });
    });

    it("grants the preset units to who met the condition, whoever calls", async () => {
      const { world, state, poolId, user, tree } = await finalFixture();
      const settled = world.pool
        .connect(world.stranger)
        .settleWithProof(poolId, user.userId, user.account, 0n, true, proofOf(tree, user.userId));
      await expect(settled)
        .to.emit(world.pool, "TransferSingle")
        .withArgs(world.stranger.address, world.poolAddress, user.account, poolId, GRANT)
        .and.to.emit(world.pool, "Settled")
        .withArgs(poolId, user.userId, 1n);
      expect(await unitsOf(world, state, user)).to.equal(GRANT);
      expect(await world.pool.balanceOf(world.poolAddress, poolId)).to.equal(TOTAL - GRANT);
    });

    it("reclaims everything from who missed it", async () => {
      const { world, state, poolId, user, linesOf, honest } = await finalFixture();
      await honest();
      await finalRoot(world, state, 1, linesOf(true)).then(async (tree) =>
        settleByProof(world, state, 1, tree, user, true),
      );
      const tree = await finalRoot(world, state, 2, linesOf(false));
      await expect(settleByProof(world, state, 2, tree, user, false))
        .to.emit(world.pool, "TransferSingle")
        .withArgs(world.caller.address, user.account, world.poolAddress, poolId, 2n * GRANT)
        .and.to.emit(world.pool, "Settled")
        .withArgs(poolId, user.userId, 3n);
      expect(await unitsOf(world, state, user)).to.equal(0n);
      expect(await world.pool.balanceOf(world.poolAddress, poolId)).to.equal(TOTAL);
    });

    it("moves nothing of who missed it and holds nothing", async () => {
      const { world, state, poolId, other, tree } = await finalFixture();
      const settled = settleByProof(world, state, 0, tree, other, false);
      await expect(settled).to.emit(world.pool, "Settled").withArgs(poolId, other.userId, 1n);
      await expect(settled).not.to.emit(world.pool, "TransferSingle");
    });

    it("settles a roster of one user by no proof at all", async () => {
      const { world, state, user } = await fixture();
      const tree = await finalRoot(world, state, 0, [[user.userId, true]]);
      expect(proofOf(tree, user.userId)).to.deep.equal([]);
      await settleByProof(world, state, 0, tree, user, true);
      expect(await unitsOf(world, state, user)).to.equal(GRANT);
    });

    describe("when the proof does not lead to the root", () => {
      it("reverts for the other answer", async () => {
        const { world, state, poolId, user, tree, honest } = await finalFixture();
        const attempt = settleByProof(world, state, 0, tree, user, false);
        const args = [tree.root, leafOf(poolId, 0, user.userId, false)];
        await refused(world, attempt, "RewardPoolWrongProof", args, honest);
      });

      it("reverts for a user who is not in the roster", async () => {
        const { world, poolId, user, absent, tree, honest } = await finalFixture();
        const args = [tree.root, leafOf(poolId, 0, absent.userId, true)];
        const attempt = world.pool.settleWithProof(
          poolId,
          absent.userId,
          absent.account,
          0n,
          true,
          proofOf(tree, user.userId),
        );
        await refused(world, attempt, "RewardPoolWrongProof", args, honest);
      });

      it("reverts for an inner node in place of the leaf's proof", async () => {
        const { world, poolId, user, tree, honest } = await finalFixture();
        const args = [tree.root, leafOf(poolId, 0, user.userId, true)];
        for (const proof of [[], proofOf(tree, user.userId).slice(1), [...proofOf(tree, user.userId), tree.root]]) {
          const attempt = world.pool.settleWithProof(poolId, user.userId, user.account, 0n, true, proof);
          await refused(world, attempt, "RewardPoolWrongProof", args);
        }
        await honest();
      });

      it("reverts for the leaf of another pool in the root", async () => {
        const { world, state, poolId, user } = await fixture();
        const elsewhere = await createPool(world, { grant: 1n });
        const lines: Line[] = [[user.userId, true]];
        const tree = treeOf(elsewhere.poolId, 0, lines);
        await goTo(endOf(state, 0));
        await world.pool.connect(world.operator).publish(poolId, 0n, rootRoster(tree, lines), [], BY_OPERATOR);
        await goTo(finalFrom(state, 0));
        const attempt = settleByProof(world, state, 0, tree, user, true);
        await refused(world, attempt, "RewardPoolWrongProof", [tree.root, leafOf(poolId, 0, user.userId, true)]);
      });

      it("reverts for the leaf of another cycle in the root", async () => {
        const { world, state, poolId, user } = await fixture();
        const lines: Line[] = [[user.userId, true]];
        const tree = treeOf(poolId, 1, lines);
        await goTo(endOf(state, 0));
        await world.pool.connect(world.operator).publish(poolId, 0n, rootRoster(tree, lines), [], BY_OPERATOR);
        await goTo(finalFrom(state, 0));
        const attempt = settleByProof(world, state, 0, tree, user, true);
        await refused(world, attempt, "RewardPoolWrongProof", [tree.root, leafOf(poolId, 0, user.userId, true)]);
      });

      it("reverts for a leaf that was hashed once", async () => {
        const { world, state, poolId, user } = await fixture();
        const root = keccak256(
          AbiCoder.defaultAbiCoder().encode(["bytes32", "uint32", "bytes32", "bool"], [poolId, 0n, user.userId, true]),
        );
        const lines: Line[] = [[user.userId, true]];
        await goTo(endOf(state, 0));
        const roster = rootRoster(treeOf(poolId, 0, lines), lines, { root });
        await world.pool.connect(world.operator).publish(poolId, 0n, roster, [], BY_OPERATOR);
        await goTo(finalFrom(state, 0));
        const attempt = world.pool.settleWithProof(poolId, user.userId, user.account, 0n, true, []);
        await refused(world, attempt, "RewardPoolWrongProof", [root, leafOf(poolId, 0, user.userId, true)]);
      });

      it("reverts for the root that was corrected", async () => {
        const { world, state, poolId, user, linesOf } = await fixture();
        const former = await publishRoot(world, state, 0, linesOf(true));
        const tree = await finalRoot(world, state, 0, linesOf(false));
        const attempt = settleByProof(world, state, 0, former, user, true);
        const args = [tree.root, leafOf(poolId, 0, user.userId, true)];
        await refused(world, attempt, "RewardPoolWrongProof", args, async () =>
          settleByProof(world, state, 0, tree, user, false),
        );
      });
    });

    it("reverts where nothing was published", async () => {
      const { world, state, poolId, user, tree, honest } = await finalFixture();
      await goTo(finalFrom(state, 1));
      const attempt = settleByProof(world, state, 1, tree, user, true);
      await refused(world, attempt, "RewardPoolNoEvidence", [poolId, 1n, Source.OPERATOR], honest);
    });

    it("reverts for an account that is another user's", async () => {
      const { world, state, poolId, user, other, tree, honest } = await finalFixture();
      const attempt = settleByProof(world, state, 0, tree, { ...user, account: other.account }, true);
      await refused(world, attempt, "RewardPoolNotBound", [poolId, user.userId, other.account], honest);
    });

    it("reverts for a user who is listed and not bound, until he is", async () => {
      const { world, state, poolId } = await fixture();
      const newcomer = usersOf("0x03", 1)[0]!;
      const tree = await finalRoot(world, state, 0, [[newcomer.userId, true]]);
      const attempt = settleByProof(world, state, 0, tree, newcomer, true);
      await refused(world, attempt, "RewardPoolNotBound", [poolId, newcomer.userId, newcomer.account]);

      const { userId, account } = newcomer;
      await world.pool.connect(world.registrar).bind(poolId, [{ userId, account }], NO_DEADLINE, "0x");
      const again = settleByProof(world, state, 0, tree, newcomer, true);
      await refused(world, again, "RewardPoolAlreadySettled", [poolId, userId, 1n, 0n]);
    });

    describe("when the pool needs other evidence", () => {
      for (const [name, mode, form] of [
        ["bitmaps", Mode.ROSTER, Form.BITMAP],
        ["both lists", Mode.BOTH, Form.ROOT],
        ["both lists as bitmaps", Mode.BOTH, Form.BITMAP],
        ["an indicator", Mode.INDICATOR, Form.ROOT],
      ] as const) {
        it(`reverts for a pool with ${name}`, async () => {
          const world = await loadWorld();
          const state = await createPool(world, {
            mode,
            form,
            ...(mode === Mode.INDICATOR ? { indicator: await world.store.getAddress() } : {}),
          });
          const { userId, account } = state.users[0]!;
          await goTo(finalFrom(state, 0));
          const attempt = world.pool.settleWithProof(state.poolId, userId, account, 0n, true, []);
          await refused(world, attempt, "RewardPoolWrongForm", [state.poolId, mode, form]);
        });
      }
    });

    it("goes by the verifier's root in mode VERIFIER", async () => {
      const { world, state, user, other, linesOf } = await fixture({ mode: Mode.VERIFIER });
      const tree = await publishVerdict(world, state, 0, linesOf(true));
      await goTo(finalFrom(state, 0));
      await settleByProof(world, state, 0, tree, user, true);
      await settleByProof(world, state, 0, tree, other, false);
      expect([await unitsOf(world, state, user), await unitsOf(world, state, other)]).to.deep.equal([GRANT, 0n]);
    });

    describe("when the user's cycles come out of order", () => {
      it("reverts for a cycle that was settled", async () => {
        const { world, state, poolId, user, other, tree, honest } = await finalFixture();
        await honest();
        await refused(world, honest(), "RewardPoolAlreadySettled", [poolId, user.userId, 1n, 0n], async () =>
          settleByProof(world, state, 0, tree, other, false),
        );
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });

      it("reverts while an earlier cycle can still act, whoever calls", async () => {
        const { world, state, poolId, user, linesOf, honest } = await finalFixture();
        const tree = await finalRoot(world, state, 1, linesOf(false));
        const later = async () => settleByProof(world, state, 1, tree, user, false);
        await refused(world, later(), "RewardPoolEarlierCycleOpen", [poolId, user.userId, 0n, 1n], honest);
        await later();
        expect(await unitsOf(world, state, user)).to.equal(0n);
      });

      it("passes over a cycle from the second that its action window is over", async () => {
        const { world, state, poolId, user, linesOf } = await finalFixture();
        const tree = await finalRoot(world, state, 1, linesOf(true));
        const later = async () => settleByProof(world, state, 1, tree, user, true);
        const over = actionUntil(state, 0);
        await at(over - 1n);
        await refused(world, later(), "RewardPoolEarlierCycleOpen", [poolId, user.userId, 0n, 1n], async () => {
          await at(over);
          return later();
        });
        expect((await world.pool.memberOf(poolId, user.userId)).nextCycle).to.equal(2n);
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });

      it("passes over a cycle of which nothing was published", async () => {
        const { world, state, user, linesOf } = await fixture();
        const tree = await finalRoot(world, state, 1, linesOf(true));
        await settleByProof(world, state, 1, tree, user, true);
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });

      it("looks at no cycle that was settled, though its action window is open", async () => {
        const { world, state, user, linesOf } = await fixture({ actionWindow: 8n * 7n * 86_400n });
        await settleByProof(world, state, 0, await finalRoot(world, state, 0, linesOf(true)), user, true);
        await settleByProof(world, state, 2, await finalRoot(world, state, 2, linesOf(true)), user, true);
        expect(await unitsOf(world, state, user)).to.equal(2n * GRANT);
      });

      it("names the first of several cycles that can still act", async () => {
        const { world, state, poolId, user, linesOf } = await fixture({ actionWindow: 8n * 7n * 86_400n });
        for (const cycle of [1, 3]) await publishRoot(world, state, cycle, linesOf(true));
        const tree = await finalRoot(world, state, 4, linesOf(true));
        const attempt = settleByProof(world, state, 4, tree, user, true);
        await refused(world, attempt, "RewardPoolEarlierCycleOpen", [poolId, user.userId, 1n, 4n]);
      });

      it("reverts for a cycle that was over when the user was bound", async () => {
        const { world, state, poolId } = await fixture();
        await goTo(endOf(state, 0));
        const { userId, account } = usersOf("0x04", 1)[0]!;
        await world.pool.connect(world.registrar).bind(poolId, [{ userId, account }], NO_DEADLINE, "0x");
        const tree = await finalRoot(world, state, 0, [[userId, true]]);
        const attempt = settleByProof(world, state, 0, tree, { userId, account }, true);
        await refused(world, attempt, "RewardPoolAlreadySettled", [poolId, userId, 1n, 0n]);
      });
    });

    describe("when the pool has too few units", () => {
      it("reverts with what there is, and grants within the action window once there is enough", async () => {
        const { world, state, poolId, user, third, tree, honest } = await finalFixture({ totalUnits: 2n * GRANT - 1n });
        await settleByProof(world, state, 0, tree, third, true);
        await refused(world, honest(), "RewardPoolExhausted", [poolId, GRANT - 1n, GRANT], async () => {
          await world.pool.connect(world.operator).topUp(poolId, 1n);
          await at(actionUntil(state, 0) - 1n);
          return honest();
        });
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });

      it("grants what others gave back", async () => {
        const { world, state, poolId, user, third, linesOf, tree } = await finalFixture({ totalUnits: GRANT });
        await settleByProof(world, state, 0, tree, third, true);
        const next = await finalRoot(world, state, 1, [...linesOf(true).slice(0, 2), [third.userId, false]]);
        const attempt = settleByProof(world, state, 0, tree, user, true);
        await refused(world, attempt, "RewardPoolExhausted", [poolId, 0n, GRANT], async () =>
          settleByProof(world, state, 1, next, third, false),
        );
        await settleByProof(world, state, 0, tree, user, true);
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });
    });

    it("moves nothing beyond what a user may hold, and counts the cycle", async () => {
      const { world, state, poolId, user, linesOf, honest } = await finalFixture({ maxUnits: 2n * GRANT - 1n });
      await honest();
      const tree = await finalRoot(world, state, 1, linesOf(true));
      const settled = settleByProof(world, state, 1, tree, user, true);
      await expect(settled).to.emit(world.pool, "Settled").withArgs(poolId, user.userId, 2n);
      await expect(settled).not.to.emit(world.pool, "TransferSingle");
      expect(await unitsOf(world, state, user)).to.equal(GRANT);
    });

    it("leaves profit owed to who lost the units it was for", async () => {
      const { world, state, user, linesOf, honest } = await finalFixture();
      await honest();
      await report(world, state, 0, 10n ** 6n);
      const tree = await finalRoot(world, state, 1, linesOf(false));
      await settleByProof(world, state, 1, tree, user, false);
      await report(world, state, 1, 10n ** 6n);
      expect(await owedTo(world, state, user)).to.equal(100n);
    });
  });
});
