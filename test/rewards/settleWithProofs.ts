import { expect } from "chai";

import {
  type BoundUser,
  actionUntil,
  at,
  createPool,
  finalFrom,
  Form,
  goTo,
  GRANT,
  type Line,
  leafOf,
  loadWorld,
  Mode,
  type PoolConfig,
  proofOf,
  publishRoot,
  publishVerdict,
  refused,
  Source,
  type Tree,
  unitsOf,
} from "../helpers/rewards.js";

describe("RewardPool", () => {
  describe("settleWithProofs", () => {
    async function fixture(changes: Partial<PoolConfig> = {}) {
      const world = await loadWorld();
      const state = await createPool(world, { mode: Mode.BOTH, ...changes });
      const [user, other] = state.users as [BoundUser, BoundUser];
      const linesOf = (eligible: boolean): Line[] => [
        [user.userId, eligible],
        [other.userId, !eligible],
      ];
      const answerOf = (tree: Tree, eligible: boolean) => ({ eligible, proof: proofOf(tree, user.userId) });
      const settle = async (
        cycle: number,
        roster: ReturnType<typeof answerOf>,
        verdict: ReturnType<typeof answerOf>,
        account = user.account,
      ) =>
        world.pool.connect(world.stranger).settleWithProofs(state.poolId, user.userId, account, cycle, roster, verdict);
      /** Publishes both lists. */
      const publish = async (cycle: number, roster: boolean, verdict: boolean) => {
        const rosterTree = await publishRoot(world, state, cycle, linesOf(roster));
        const verdictTree = await publishVerdict(world, state, cycle, linesOf(verdict));
        const answers = [answerOf(rosterTree, roster), answerOf(verdictTree, verdict)] as const;
        return { rosterTree, verdictTree, answers, honest: async () => settle(cycle, ...answers) };
      };
      const finish = async (cycle: number, roster: boolean, verdict: boolean) => {
        const published = await publish(cycle, roster, verdict);
        await goTo(finalFrom(state, cycle));
        return published;
      };
      return { world, state, poolId: state.poolId, user, other, linesOf, answerOf, settle, publish, finish };
    }

    describe("given a user who holds units", () => {
      for (const [roster, verdict, units] of [
        [true, true, 2n * GRANT],
        [true, false, 0n],
        [false, true, GRANT],
        [false, false, 0n],
      ] as const) {
        it(`leaves ${units} units when the operator says ${roster} and the verifier ${verdict}`, async () => {
          const { world, state, poolId, user, finish } = await fixture();
          await (await finish(0, true, true)).honest();
          expect(await unitsOf(world, state, user)).to.equal(GRANT);
          const { honest } = await finish(1, roster, verdict);
          await expect(honest()).to.emit(world.pool, "Settled").withArgs(poolId, user.userId, 2n);
          expect(await unitsOf(world, state, user)).to.equal(units);
        });
      }
    });

    it("tells of the units that moved", async () => {
      const { world, poolId, user, finish } = await fixture();
      const { honest } = await finish(0, true, true);
      await expect(honest())
        .to.emit(world.pool, "TransferSingle")
        .withArgs(world.stranger.address, world.poolAddress, user.account, poolId, GRANT);
    });

    it("reverts where the verifier published nothing", async () => {
      const { world, state, poolId, linesOf, answerOf, settle } = await fixture();
      const tree = await publishRoot(world, state, 0, linesOf(true));
      await goTo(finalFrom(state, 0));
      const attempt = settle(0, answerOf(tree, true), answerOf(tree, true));
      await refused(world, attempt, "RewardPoolNoEvidence", [poolId, 0n, Source.VERIFIER]);
    });

    it("reverts where the operator published nothing", async () => {
      const { world, state, poolId, linesOf, answerOf, settle } = await fixture();
      const tree = await publishVerdict(world, state, 0, linesOf(false));
      await goTo(finalFrom(state, 0));
      const attempt = settle(0, answerOf(tree, false), answerOf(tree, false));
      await refused(world, attempt, "RewardPoolNoEvidence", [poolId, 0n, Source.OPERATOR]);
    });

    it("reverts for the roster in the verdict's place", async () => {
      const { world, poolId, user, answerOf, settle, finish } = await fixture();
      const { rosterTree, verdictTree, honest } = await finish(0, true, false);
      const attempt = settle(0, answerOf(rosterTree, true), answerOf(rosterTree, true));
      const args = [verdictTree.root, leafOf(poolId, 0, user.userId, true)];
      await refused(world, attempt, "RewardPoolWrongProof", args, honest);
    });

    it("reverts for the verdict in the roster's place", async () => {
      const { world, poolId, user, answerOf, settle, finish } = await fixture();
      const { rosterTree, verdictTree, honest } = await finish(0, false, true);
      const attempt = settle(0, answerOf(verdictTree, true), answerOf(verdictTree, true));
      const args = [rosterTree.root, leafOf(poolId, 0, user.userId, true)];
      await refused(world, attempt, "RewardPoolWrongProof", args, honest);
    });

    it("reverts in the last second before the lists are final", async () => {
      const { world, state, publish } = await fixture();
      const { honest } = await publish(0, true, true);
      const final = finalFrom(state, 0);
      await at(final - 1n);
      await refused(world, honest(), "RewardPoolTooEarly", [final, final - 1n], async () => {
        await at(final);
        return honest();
      });
    });

    it("reverts from the second that the action window is over", async () => {
      const { world, state, finish } = await fixture();
      const { honest } = await finish(0, true, true);
      const over = actionUntil(state, 0);
      await at(over);
      await refused(world, honest(), "RewardPoolTooLate", [over, over]);
    });

    it("reverts for an account that is another user's", async () => {
      const { world, poolId, user, other, settle, finish } = await fixture();
      const { answers, honest } = await finish(0, true, true);
      const attempt = settle(0, ...answers, other.account);
      await refused(world, attempt, "RewardPoolNotBound", [poolId, user.userId, other.account], honest);
    });

    it("reverts for a cycle that was settled", async () => {
      const { world, poolId, user, finish } = await fixture();
      const { honest } = await finish(0, true, true);
      await honest();
      await refused(world, honest(), "RewardPoolAlreadySettled", [poolId, user.userId, 1n, 0n]);
    });

    it("reverts while an earlier cycle with both lists can still act", async () => {
      const { world, poolId, user, finish } = await fixture();
      const first = await finish(0, true, true);
      const second = await finish(1, true, true);
      const args = [poolId, user.userId, 0n, 1n];
      await refused(world, second.honest(), "RewardPoolEarlierCycleOpen", args, first.honest);
      await second.honest();
    });

    for (const source of ["the operator's", "the verifier's"] as const) {
      it(`passes over an earlier cycle with ${source} list alone`, async () => {
        const { world, state, user, linesOf, finish } = await fixture();
        const publish = source === "the operator's" ? publishRoot : publishVerdict;
        await publish(world, state, 0, linesOf(true));
        const { honest } = await finish(1, true, true);
        await honest();
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });
    }

    it("reverts where the pool has too few units, until it has enough", async () => {
      const { world, poolId, finish } = await fixture({ totalUnits: GRANT });
      await (await finish(0, true, true)).honest();
      const { honest } = await finish(1, true, true);
      await refused(world, honest(), "RewardPoolExhausted", [poolId, 0n, GRANT], async () => {
        await world.pool.connect(world.operator).topUp(poolId, GRANT);
        return honest();
      });
    });

    for (const [name, mode, form] of [
      ["asks the operator alone", Mode.ROSTER, Form.ROOT],
      ["asks the verifier alone", Mode.VERIFIER, Form.ROOT],
      ["asks both for bitmaps", Mode.BOTH, Form.BITMAP],
    ] as const) {
      it(`reverts for a pool that ${name}`, async () => {
        const { world, state, poolId, settle } = await fixture({ mode, form });
        await goTo(finalFrom(state, 0));
        const none = { eligible: true, proof: [] };
        await refused(world, settle(0, none, none), "RewardPoolWrongForm", [poolId, mode, form]);
      });
    }
  });
});
