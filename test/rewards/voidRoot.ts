import { expect } from "chai";
import { toBeHex } from "ethers";

import {
  type BoundUser,
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
  publishBitmap,
  publishRoot,
  publishVerdict,
  refused,
  settleByProof,
  Source,
  unitsOf,
} from "../helpers/rewards.js";

/** What stands in place of a root that was thrown out. */
const VOIDED = toBeHex(1, 32);

describe("RewardPool", () => {
  describe("voidRoot", () => {
    /** A root that says both yes and no of its first user. */
    async function fixture(mode: bigint = Mode.ROSTER) {
      const world = await loadWorld();
      const state = await createPool(world, { mode });
      const [double, other] = state.users as [BoundUser, BoundUser];
      const lines: Line[] = [
        [double.userId, true],
        [double.userId, false],
        [other.userId, true],
      ];
      const tree = await (mode === Mode.VERIFIER ? publishVerdict : publishRoot)(world, state, 0, lines);
      const [yes, no, others] = [tree.getProof(0), tree.getProof(1), tree.getProof(2)];
      const source = mode === Mode.VERIFIER ? Source.VERIFIER : Source.OPERATOR;
      const voidRoot = async (userId = double.userId, proofs = [yes, no], cycle = 0, by = world.stranger) =>
        world.pool.connect(by).voidRoot(state.poolId, cycle, source, userId, proofs[0]!, proofs[1]!);
      const rootOf = async () => world.pool.evidenceOf(state.poolId, 0n, source, 0n);
      const settle = async (eligible: boolean) =>
        world.pool.settleWithProof(state.poolId, double.userId, double.account, 0n, eligible, eligible ? yes : no);
      return {
        world,
        state,
        poolId: state.poolId,
        double,
        other,
        lines,
        tree,
        yes,
        no,
        others,
        voidRoot,
        rootOf,
        settle,
      };
    }

    it("throws out a root with both answers for one user, whoever calls", async () => {
      const { world, poolId, double, tree, voidRoot, rootOf } = await fixture();
      await expect(voidRoot())
        .to.emit(world.pool, "RosterVoided")
        .withArgs(poolId, 0n, Source.OPERATOR, tree.root, double.userId);
      expect(await rootOf()).to.equal(VOIDED);
    });

    it("throws out the verifier's root", async () => {
      const { world, poolId, double, tree, voidRoot, rootOf } = await fixture(Mode.VERIFIER);
      await expect(voidRoot())
        .to.emit(world.pool, "RosterVoided")
        .withArgs(poolId, 0n, Source.VERIFIER, tree.root, double.userId);
      expect(await rootOf()).to.equal(VOIDED);
      expect(await world.pool.revisionOf(poolId, 0n)).to.equal(1n);
    });

    it("does so up to the last second before the root is final", async () => {
      const { state, voidRoot, rootOf } = await fixture();
      await at(finalFrom(state, 0) - 1n);
      await voidRoot();
      expect(await rootOf()).to.equal(VOIDED);
    });

    it("reverts from the second that the root is final", async () => {
      const { world, state, tree, voidRoot, rootOf } = await fixture();
      const final = finalFrom(state, 0);
      await at(final);
      await refused(world, voidRoot(), "RewardPoolTooLate", [final, final]);
      expect(await rootOf()).to.equal(tree.root);
    });

    it("reverts for a user with one answer", async () => {
      const { world, poolId, other, tree, others, voidRoot } = await fixture();
      const args = [tree.root, leafOf(poolId, 0, other.userId, false)];
      await refused(world, voidRoot(other.userId, [others, others]), "RewardPoolWrongProof", args, voidRoot);
    });

    it("reverts for the same answer twice", async () => {
      const { world, poolId, double, tree, yes, voidRoot } = await fixture();
      const args = [tree.root, leafOf(poolId, 0, double.userId, false)];
      await refused(world, voidRoot(double.userId, [yes, yes]), "RewardPoolWrongProof", args, voidRoot);
    });

    it("reverts for the answers in each other's place", async () => {
      const { world, poolId, double, tree, yes, no, voidRoot } = await fixture();
      const args = [tree.root, leafOf(poolId, 0, double.userId, true)];
      await refused(world, voidRoot(double.userId, [no, yes]), "RewardPoolWrongProof", args, voidRoot);
    });

    it("reverts where nothing was published", async () => {
      const { world, poolId, double, yes, no, voidRoot } = await fixture();
      const attempt = voidRoot(double.userId, [yes, no], 1);
      await refused(world, attempt, "RewardPoolNoEvidence", [poolId, 1n, Source.OPERATOR], voidRoot);
    });

    it("reverts for a root that was thrown out", async () => {
      const { world, poolId, voidRoot } = await fixture();
      await voidRoot();
      await refused(world, voidRoot(), "RewardPoolNoEvidence", [poolId, 0n, Source.OPERATOR]);
    });

    it("reverts for a bitmap, which says one thing of each", async () => {
      const world = await loadWorld();
      const state = await createPool(world, { form: Form.BITMAP });
      await publishBitmap(world, state, 0, [true, false]);
      const attempt = world.pool.voidRoot(state.poolId, 0n, Source.OPERATOR, state.users[0]!.userId, [], []);
      await refused(world, attempt, "RewardPoolWrongForm", [state.poolId, Mode.ROSTER, Form.BITMAP]);
    });

    describe("once it is thrown out", () => {
      it("lets the operator publish another one in the publish window", async () => {
        const { world, state, poolId, other, voidRoot, rootOf } = await fixture();
        await voidRoot();
        const tree = await publishRoot(world, state, 0, [[other.userId, true]]);
        expect(await rootOf()).to.equal(tree.root);
        expect(await world.pool.evidenceOf(poolId, 0n, Source.OPERATOR, 0n)).to.equal(tree.root);
      });

      it("does not hold up the user's later cycles", async () => {
        const { world, state, double, voidRoot } = await fixture();
        await voidRoot();
        const tree = await finalRoot(world, state, 1, [[double.userId, true]]);
        await settleByProof(world, state, 1, tree, double, true);
        expect(await unitsOf(world, state, double)).to.equal(GRANT);
      });

      it("settles nobody by it", async () => {
        const { world, state, poolId, double, voidRoot, settle } = await fixture();
        await voidRoot();
        await goTo(finalFrom(state, 0));
        await refused(world, settle(true), "RewardPoolNoEvidence", [poolId, 0n, Source.OPERATOR]);
        expect(await unitsOf(world, state, double)).to.equal(0n);
      });
    });

    for (const [answer, units] of [
      [true, GRANT],
      [false, 0n],
    ] as const) {
      it(`once final, counts the answer settled first, here ${answer}, and refuses the other`, async () => {
        const { world, state, poolId, double, settle } = await fixture();
        await goTo(finalFrom(state, 0));
        await settle(answer);
        const args = [poolId, double.userId, 1n, 0n];
        await refused(world, settle(!answer), "RewardPoolAlreadySettled", args);
        expect(await unitsOf(world, state, double)).to.equal(units);
      });
    }
  });
});
