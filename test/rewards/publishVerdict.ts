import { expect } from "chai";
import { ZeroHash } from "ethers";

import {
  at,
  BY_OPERATOR,
  createPool,
  CYCLE,
  endOf,
  finalFrom,
  goTo,
  GRANT,
  type Line,
  loadWorld,
  Mode,
  PUBLISH,
  refused,
  type Roster,
  rootRoster,
  settleByProof,
  Source,
  treeOf,
  unitsOf,
  verdictOf,
  type World,
} from "../helpers/rewards.js";

type Options = Parameters<typeof verdictOf>[4];

describe("RewardPool", () => {
  describe("publish, for the verifier", () => {
    async function fixture(mode: bigint = Mode.VERIFIER, verifierDelay = 3n * CYCLE) {
      const world = await loadWorld();
      const state = await createPool(world, { mode, verifierDelay });
      const { poolId } = state;
      const rosterOf = (lines: readonly Line[], cycle = 0) =>
        rootRoster(treeOf(poolId, cycle, lines), lines, { noneEligible: true });
      const yes = rosterOf(state.users.map(({ userId }) => [userId, true]));
      const no = rosterOf(state.users.map(({ userId }) => [userId, false]));
      const send = async (roster: Roster, verdict: ReturnType<typeof verdictOf>, cycle = 0) =>
        world.pool.connect(world.caller).publish(poolId, cycle, roster, [], verdict);
      const publish = async (roster: Roster = yes, options: Options = {}) =>
        send(roster, verdictOf(world, poolId, 0, roster, options));
      const rootOf = async () => world.pool.evidenceOf(poolId, 0n, Source.VERIFIER, 0n);
      return { world, state, poolId, rosterOf, yes, no, send, publish, rootOf };
    }

    async function endedFixture(mode: bigint = Mode.VERIFIER) {
      const fixed = await fixture(mode);
      await goTo(endOf(fixed.state, 0));
      return fixed;
    }

    /** Expects a refusal by the committees' registry. */
    async function unapproved(
      { registry }: World,
      attempt: Promise<unknown>,
      error: string,
      args: readonly unknown[],
      honest: () => Promise<unknown>,
    ): Promise<void> {
      await expect(attempt)
        .to.be.revertedWithCustomError(registry, error)
        .withArgs(...args);
      await honest();
    }

    it("takes what the verifier approved, whoever brings it", async () => {
      const { world, poolId, yes, publish, rootOf } = await endedFixture();
      await expect(publish())
        .to.emit(world.pool, "RosterPublished")
        .withArgs(poolId, 0n, Source.VERIFIER, yes.root, 4n, 4n, yes.contentHash, yes.evidenceUri);
      expect(await rootOf()).to.equal(yes.root);
      expect(await world.pool.revisionOf(poolId, 0n)).to.equal(1n);
      expect(await world.pool.evidenceOf(poolId, 0n, Source.OPERATOR, 0n)).to.equal(ZeroHash);
    });

    it("reverts where the mode asks the operator alone", async () => {
      const { world, poolId, publish } = await endedFixture(Mode.ROSTER);
      await refused(world, publish(), "RewardPoolWrongSource", [poolId, Mode.ROSTER, Source.VERIFIER]);
    });

    describe("when the approval is not the verifier's", () => {
      it("reverts for too few members", async () => {
        const { world, yes, publish } = await endedFixture();
        const args = [world.verifier, 1n, 2n, 1n];
        await unapproved(world, publish(yes, { signers: [0] }), "CommitteeTooFew", args, publish);
      });

      it("reverts for an epoch that never was", async () => {
        const { world, yes, publish } = await endedFixture();
        const args = [world.verifier, 1n, 2n];
        await unapproved(world, publish(yes, { epoch: 2n }), "CommitteeUnknownEpoch", args, publish);
      });

      it("reverts for the approval of another committee, though its members are the same", async () => {
        const { world, yes, publish } = await endedFixture();
        const options = { verifier: world.nextVerifier, signers: [0, 1, 2] };
        const args = [world.verifier, 1n, world.keys[0]!.address];
        await unapproved(world, publish(yes, options), "CommitteeWrongSignature", args, publish);
      });

      it("reverts for the approval of another roster", async () => {
        const { world, poolId, yes, no, send, publish } = await endedFixture();
        const attempt = send(no, verdictOf(world, poolId, 0, yes));
        const args = [world.verifier, 1n, world.keys[0]!.address];
        await unapproved(world, attempt, "CommitteeWrongSignature", args, publish);
      });

      it("reverts for an approval that did not mean that nobody is eligible", async () => {
        const { world, poolId, no, send, publish } = await endedFixture();
        const attempt = send(no, verdictOf(world, poolId, 0, { ...no, noneEligible: false }));
        const args = [world.verifier, 1n, world.keys[0]!.address];
        await unapproved(world, attempt, "CommitteeWrongSignature", args, publish);
      });

      it("reverts for the approval of another cycle", async () => {
        const { world, state, poolId, yes, send } = await endedFixture();
        await goTo(endOf(state, 1));
        const attempt = send(yes, verdictOf(world, poolId, 0, yes), 1);
        const args = [world.verifier, 1n, world.keys[0]!.address];
        await unapproved(world, attempt, "CommitteeWrongSignature", args, async () =>
          send(yes, verdictOf(world, poolId, 1, yes), 1),
        );
      });

      it("reverts for the approval of another pool", async () => {
        const { world, yes, send, publish } = await endedFixture();
        const other = await createPool(world, { mode: Mode.VERIFIER, grant: 1n });
        const attempt = send(yes, verdictOf(world, other.poolId, 0, yes));
        const args = [world.verifier, 1n, world.keys[0]!.address];
        await unapproved(world, attempt, "CommitteeWrongSignature", args, publish);
      });

      it("reverts for the operator in the verifier's place", async () => {
        const { world, poolId, yes, publish } = await endedFixture();
        const attempt = world.pool.connect(world.operator).publish(poolId, 0n, yes, [], BY_OPERATOR);
        await refused(world, attempt, "RewardPoolWrongSource", [poolId, Mode.VERIFIER, Source.OPERATOR], publish);
      });
    });

    describe("when the revision is not the next one", () => {
      it("reverts for a second one first", async () => {
        const { world, yes, publish } = await endedFixture();
        await refused(world, publish(yes, { revision: 2n }), "RewardPoolWrongRevision", [1n, 2n], publish);
      });

      it("reverts for an older verdict that is brought again in the dispute window", async () => {
        const { world, state, yes, no, publish, rootOf } = await endedFixture();
        await publish(yes);
        await publish(no, { revision: 2n });
        await at(endOf(state, 0) + PUBLISH);
        await refused(world, publish(yes), "RewardPoolWrongRevision", [3n, 1n]);
        await refused(world, publish(no, { revision: 2n }), "RewardPoolWrongRevision", [3n, 2n]);
        expect(await rootOf()).to.equal(no.root);
        await publish(yes, { revision: 3n });
        expect(await rootOf()).to.equal(yes.root);
      });

      it("counts up for each cycle on its own", async () => {
        const { world, state, poolId, rosterOf, send, publish } = await endedFixture();
        await publish();
        await goTo(endOf(state, 1));
        const next = rosterOf([[state.users[0]!.userId, true]], 1);
        await send(next, verdictOf(world, poolId, 1, next), 1);
        expect([await world.pool.revisionOf(poolId, 0n), await world.pool.revisionOf(poolId, 1n)]).to.deep.equal([
          1n,
          1n,
        ]);
      });
    });

    describe("when the verifier is replaced in the middle of a cycle", () => {
      /** The next verifier takes over in the publish window. */
      async function replacedFixture() {
        const fixed = await fixture(Mode.VERIFIER, CYCLE);
        const { world, state, poolId } = fixed;
        await at(state.start + 3_700n);
        await world.pool.connect(world.operator).changeVerifier(poolId, world.nextVerifier);
        const next = { verifier: world.nextVerifier, signers: [0, 1, 2] };
        return { ...fixed, from: endOf(state, 0) + 3_700n, next };
      }

      it("counts the former one's verdict up to the last second before", async () => {
        const { world, state, from, yes, publish, rootOf } = await replacedFixture();
        await at(from - 1n);
        await publish(yes);
        await goTo(finalFrom(state, 0));
        expect(await rootOf()).to.equal(yes.root);
        const user = state.users[0]!;
        const tree = treeOf(
          state.poolId,
          0,
          state.users.map(({ userId }): Line => [userId, true]),
        );
        await settleByProof(world, state, 0, tree, user, true);
        expect(await unitsOf(world, state, user)).to.equal(GRANT);
      });

      it("reverts for the next one's verdict before it takes over", async () => {
        const { world, from, yes, next, publish } = await replacedFixture();
        await at(from - 1n);
        const args = [world.verifier, 1n, world.keys[0]!.address];
        await unapproved(world, publish(yes, next), "CommitteeWrongSignature", args, async () => {
          await at(from);
          return publish(yes, next);
        });
      });

      it("reverts for the former one's verdict from the second that the next takes over", async () => {
        const { world, from, yes, next, publish } = await replacedFixture();
        await at(from);
        const args = [world.nextVerifier, 1n, world.keys[0]!.address];
        await unapproved(world, publish(yes, { signers: [0, 1, 2] }), "CommitteeWrongSignature", args, async () =>
          publish(yes, next),
        );
      });

      it("lets the next one correct the former one's verdict", async () => {
        const { state, from, yes, no, next, publish, rootOf } = await replacedFixture();
        await goTo(endOf(state, 0));
        await publish(yes);
        await at(from);
        await publish(no, { ...next, revision: 2n });
        expect(await rootOf()).to.equal(no.root);
      });
    });

    it("keeps both lists apart in mode BOTH", async () => {
      const { world, poolId, yes, no, publish, rootOf } = await endedFixture(Mode.BOTH);
      await publish(yes);
      await world.pool.connect(world.operator).publish(poolId, 0n, no, [], BY_OPERATOR);
      expect(await rootOf()).to.equal(yes.root);
      expect(await world.pool.evidenceOf(poolId, 0n, Source.OPERATOR, 0n)).to.equal(no.root);
    });
  });
});
