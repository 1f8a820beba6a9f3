import { expect } from "chai";
import { ZeroHash } from "ethers";

import {
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
  Refusal,
  refused,
  Source,
  type Tree,
  unitsOf,
  type User,
} from "../helpers/rewards.js";

/** What roster and verdict say of the users, in turn: yes and yes, yes and no, no and yes, no and no. */
const ROSTER = (i: number): boolean => i % 4 < 2;
const VERDICT = (i: number): boolean => i % 2 === 0;
/** Of whom both say the same. */
const AGREED = [0, 3, 4, 7];

describe("RewardPool", () => {
  describe("settleBatchWithProofs", () => {
    async function fixture(changes: Partial<PoolConfig> = {}) {
      const world = await loadWorld();
      const state = await createPool(world, { mode: Mode.BOTH, ...changes }, 8);
      const { poolId, users } = state;
      const linesOf = (answer: (i: number) => boolean) => users.map(({ userId }, i): Line => [userId, answer(i)]);
      /** Publishes both lists. */
      const publish = async (cycle = 0, roster = ROSTER, verdict = VERDICT) => ({
        roster: await publishRoot(world, state, cycle, linesOf(roster)),
        verdict: await publishVerdict(world, state, cycle, linesOf(verdict)),
      });
      const proofsOf = (tree: Tree, chosen: readonly number[]) => {
        const { leaves, proof, proofFlags: flags } = tree.getMultiProof([...chosen]);
        return { leaves, multiProof: { proof, flags } };
      };
      type Lists = { readonly roster: Tree; readonly verdict: Tree };
      const settle = async (
        { roster, verdict }: Lists,
        chosen: readonly number[],
        cycle = 0,
        replaced: readonly User[] = users,
      ) => {
        const first = proofsOf(roster, chosen);
        const batch = first.leaves.map(([, , userId, eligible]) => {
          const { account } = replaced.find((user) => user.userId === userId)!;
          return { userId: userId as string, account, eligible: eligible as boolean };
        });
        const second = proofsOf(verdict, chosen).multiProof;
        return world.pool.connect(world.stranger).settleBatchWithProofs(poolId, cycle, batch, first.multiProof, second);
      };
      const settleAlone = async ({ roster, verdict }: Lists, i: number) => {
        const { userId, account } = users[i]!;
        const answers = [
          { eligible: ROSTER(i), proof: proofOf(roster, userId) },
          { eligible: VERDICT(i), proof: proofOf(verdict, userId) },
        ] as const;
        return world.pool.settleWithProofs(poolId, userId, account, 0n, ...answers);
      };
      const units = async () => Promise.all(users.map(async (user) => unitsOf(world, state, user)));
      return { world, state, poolId, users, publish, settle, settleAlone, units };
    }

    async function finalFixture(changes: Partial<PoolConfig> = {}) {
      const fixed = await fixture(changes);
      const lists = await fixed.publish();
      await goTo(finalFrom(fixed.state, 0));
      return { ...fixed, lists };
    }

    for (const chosen of [[0], [3], [0, 3], [4, 7], AGREED]) {
      it(`settles the users ${chosen.join(", ")} of eight, of whom both say the same`, async () => {
        const { world, poolId, users, lists, settle, units } = await finalFixture();
        const settled = settle(lists, chosen);
        for (const i of chosen) {
          await expect(settled).to.emit(world.pool, "Settled").withArgs(poolId, users[i]!.userId, 1n);
        }
        await expect(settled).not.to.emit(world.pool, "NotSettled");
        expect(await units()).to.deep.equal(users.map((_, i) => (chosen.includes(i) && i % 4 === 0 ? GRANT : 0n)));
      });
    }

    it("reclaims from those of whom both say no", async () => {
      const { world, state, poolId, users, publish, settle, units } = await fixture();
      const yes = await publish(
        0,
        () => true,
        () => true,
      );
      await goTo(finalFrom(state, 0));
      await settle(yes, [0, 1, 2, 3]);
      const next = await publish(1);
      await goTo(finalFrom(state, 1));
      await expect(settle(next, [0, 3], 1))
        .to.emit(world.pool, "TransferSingle")
        .withArgs(world.stranger.address, users[3]!.account, world.poolAddress, poolId, GRANT);
      expect((await units()).slice(0, 4)).to.deep.equal([2n * GRANT, GRANT, GRANT, 0n]);
    });

    for (const [name, i] of [
      ["the roster says yes of and the verdict no", 1],
      ["the roster says no of and the verdict yes", 2],
    ] as const) {
      it(`reverts for a user whom ${name}, who is settled alone`, async () => {
        const { world, poolId, users, lists, settle, settleAlone } = await finalFixture();
        const args = [lists.verdict.root, leafOf(poolId, 0, users[i]!.userId, ROSTER(i))];
        await refused(world, settle(lists, [i]), "RewardPoolWrongProof", args, async () => settleAlone(lists, i));
      });
    }

    it("reverts for the roster in the verdict's place", async () => {
      const { world, poolId, users, lists, settle } = await finalFixture();
      const attempt = settle({ roster: lists.roster, verdict: lists.roster }, [0]);
      const args = [lists.verdict.root, leafOf(poolId, 0, users[0]!.userId, true)];
      await refused(world, attempt, "RewardPoolWrongProof", args, async () => settle(lists, [0]));
    });

    it("reverts for the verdict in the roster's place", async () => {
      const { world, poolId, users, lists, settle } = await finalFixture();
      const attempt = settle({ roster: lists.verdict, verdict: lists.verdict }, [0]);
      const args = [lists.roster.root, leafOf(poolId, 0, users[0]!.userId, true)];
      await refused(world, attempt, "RewardPoolWrongProof", args, async () => settle(lists, [0]));
    });

    it("reverts for nobody, though both roots prove themselves", async () => {
      const { world, poolId, lists, settle } = await finalFixture();
      const itself = (tree: Tree) => ({ proof: [tree.root], flags: [] });
      const attempt = world.pool.settleBatchWithProofs(poolId, 0n, [], itself(lists.roster), itself(lists.verdict));
      const args = [lists.roster.root, ZeroHash];
      await refused(world, attempt, "RewardPoolWrongProof", args, async () => settle(lists, [0]));
    });

    describe("when one of many cannot be settled", () => {
      it("leaves out a user who is settled", async () => {
        const { world, poolId, users, lists, settle, settleAlone, units } = await finalFixture();
        await settleAlone(lists, 0);
        await expect(settle(lists, AGREED))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, users[0]!.userId, Refusal.ALREADY_SETTLED);
        expect((await units())[4]).to.equal(GRANT);
      });

      it("leaves out a user with another account", async () => {
        const { world, poolId, users, lists, settle, units } = await finalFixture();
        const crossed = users.map((user, i) => (i === 0 ? { ...user, account: world.stranger.address } : user));
        await expect(settle(lists, AGREED, 0, crossed))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, users[0]!.userId, Refusal.NOT_BOUND);
        expect((await units()).slice(0, 5)).to.deep.equal([0n, 0n, 0n, 0n, GRANT]);
      });

      it("leaves out who is too many for the pool, and settles him within the window", async () => {
        const { world, poolId, lists, settle, units } = await finalFixture({ totalUnits: GRANT });
        await expect(settle(lists, AGREED)).to.emit(world.pool, "NotSettled");
        expect((await units()).filter((held) => held === GRANT)).to.have.length(1);
        await world.pool.connect(world.operator).topUp(poolId, GRANT);
        await settle(lists, AGREED);
        expect((await units()).filter((held) => held === GRANT)).to.have.length(2);
      });

      it("leaves out everybody in the last second before the lists are final", async () => {
        const { world, state, poolId, users, publish, settle } = await fixture();
        const lists = await publish();
        await at(finalFrom(state, 0) - 1n);
        await expect(settle(lists, [0]))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, users[0]!.userId, Refusal.NOT_FINAL);
        await at(finalFrom(state, 0));
        await expect(settle(lists, [0])).to.emit(world.pool, "Settled");
      });

      it("leaves out everybody from the second that the action window is over", async () => {
        const { world, state, poolId, users, lists, settle } = await finalFixture();
        await at(actionUntil(state, 0) - 1n);
        await expect(settle(lists, [0])).to.emit(world.pool, "Settled");
        await at(actionUntil(state, 0));
        await expect(settle(lists, [4]))
          .to.emit(world.pool, "NotSettled")
          .withArgs(poolId, users[4]!.userId, Refusal.WINDOW_OVER);
      });
    });

    it("reverts where the verifier published nothing", async () => {
      const { world, state, poolId, users, settle } = await fixture();
      const roster = await publishRoot(
        world,
        state,
        0,
        users.map(({ userId }) => [userId, true]),
      );
      await goTo(finalFrom(state, 0));
      const attempt = settle({ roster, verdict: roster }, [0]);
      await refused(world, attempt, "RewardPoolNoEvidence", [poolId, 0n, Source.VERIFIER]);
    });

    for (const [name, mode, form] of [
      ["asks the operator alone", Mode.ROSTER, Form.ROOT],
      ["asks the verifier alone", Mode.VERIFIER, Form.ROOT],
      ["asks both for bitmaps", Mode.BOTH, Form.BITMAP],
    ] as const) {
      it(`reverts for a pool that ${name}`, async () => {
        const { world, state, poolId } = await fixture({ mode, form });
        await goTo(finalFrom(state, 0));
        const none = { proof: [], flags: [] };
        const attempt = world.pool.settleBatchWithProofs(poolId, 0n, [], none, none);
        await refused(world, attempt, "RewardPoolWrongForm", [poolId, mode, form]);
      });
    }
  });
});
