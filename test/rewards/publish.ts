import { expect } from "chai";
import { id, toBeHex, ZeroHash } from "ethers";

import {
  at,
  BY_OPERATOR,
  createPool,
  endOf,
  finalFrom,
  Form,
  goTo,
  type Line,
  loadWorld,
  Mode,
  PUBLISH,
  refused,
  type Roster,
  rootRoster,
  Source,
  treeOf,
} from "../helpers/rewards.js";

describe("RewardPool", () => {
  describe("publish", () => {
    async function fixture(changes: Parameters<typeof createPool>[1] = {}) {
      const world = await loadWorld();
      const state = await createPool(world, changes);
      const { poolId } = state;
      const linesOf = (eligible: boolean): Line[] => state.users.map(({ userId }) => [userId, eligible]);
      const rosterOf = (cycle: number, lines: readonly Line[] = linesOf(true), with_: Partial<Roster> = {}) =>
        rootRoster(treeOf(poolId, cycle, lines), lines, with_);
      const publish = async (cycle = 0, roster = rosterOf(cycle), chunks: string[] = [], by = world.operator) =>
        world.pool.connect(by).publish(poolId, cycle, roster, chunks, BY_OPERATOR);
      const rootOf = async (cycle = 0) => world.pool.evidenceOf(poolId, cycle, Source.OPERATOR, 0n);
      return { world, state, poolId, linesOf, rosterOf, publish, rootOf };
    }

    async function endedFixture(changes: Parameters<typeof createPool>[1] = {}) {
      const fixed = await fixture(changes);
      await goTo(endOf(fixed.state, 0));
      return fixed;
    }

    describe("when time is not right", () => {
      it("reverts in the last second of the cycle", async () => {
        const { world, state, publish } = await fixture();
        const end = endOf(state, 0);
        await at(end - 1n);
        await refused(world, publish(), "RewardPoolTooEarly", [end, end - 1n], async () => {
          await at(end);
          return publish();
        });
      });

      it("reverts from the second that the publish window is over, where nothing was published", async () => {
        const { world, state, poolId, publish, rootOf } = await fixture();
        await at(endOf(state, 0) + PUBLISH);
        await refused(world, publish(), "RewardPoolNothingToCorrect", [poolId, 0n, Source.OPERATOR]);
        expect(await rootOf()).to.equal(ZeroHash);
      });

      it("reverts from the second that the evidence is final", async () => {
        const { world, state, rosterOf, publish, rootOf } = await endedFixture();
        await publish();
        const final = finalFrom(state, 0);
        await at(final);
        const correction = rosterOf(
          0,
          state.users.slice(1).map(({ userId }): Line => [userId, true]),
        );
        await refused(world, publish(0, correction), "RewardPoolTooLate", [final, final]);
        expect(await rootOf()).to.equal(rosterOf(0).root);
      });

      it("reverts for a cycle that is long over", async () => {
        const { world, state, publish } = await fixture();
        await at(endOf(state, 5));
        await refused(world, publish(0), "RewardPoolTooLate", [finalFrom(state, 0), endOf(state, 5)]);
      });
    });

    it("publishes up to the last second of the publish window", async () => {
      const { state, rosterOf, publish, rootOf } = await fixture();
      await at(endOf(state, 0) + PUBLISH - 1n);
      await publish();
      expect(await rootOf()).to.equal(rosterOf(0).root);
    });

    it("corrects up to the last second of the dispute window", async () => {
      const { state, linesOf, rosterOf, publish, rootOf } = await endedFixture();
      await publish();
      const correction = rosterOf(0, linesOf(false), { noneEligible: true });
      await at(finalFrom(state, 0) - 1n);
      await publish(0, correction);
      expect(await rootOf()).to.equal(correction.root);
    });

    it("publishes each cycle on its own, one after the other or not", async () => {
      const { state, rosterOf, publish, rootOf } = await fixture();
      await goTo(endOf(state, 1));
      await publish(1);
      expect([await rootOf(0), await rootOf(1)]).to.deep.equal([ZeroHash, rosterOf(1).root]);
    });

    it("reverts for anybody but the operator", async () => {
      const { world, rosterOf, publish } = await endedFixture();
      const args = [world.operator.address, world.stranger.address];
      await refused(world, publish(0, rosterOf(0), [], world.stranger), "RewardPoolNotOperator", args, publish);
    });

    it("reverts for the operator where the mode asks the verifier alone", async () => {
      const { world, poolId, publish } = await endedFixture({ mode: Mode.VERIFIER });
      await refused(world, publish(), "RewardPoolWrongSource", [poolId, Mode.VERIFIER, Source.OPERATOR]);
    });

    it("reverts for the operator where the mode asks an indicator", async () => {
      const world = await loadWorld();
      const indicator = await world.store.getAddress();
      const { poolId, publish } = await endedFixture({ mode: Mode.INDICATOR, indicator });
      await refused(world, publish(), "RewardPoolWrongSource", [poolId, Mode.INDICATOR, Source.OPERATOR]);
    });

    describe("when the roster is unsound", () => {
      const cases: readonly (readonly [
        name: string,
        unsound: Partial<Roster>,
        error: string,
        args: readonly unknown[],
      ])[] = [
        ["without a root", { root: ZeroHash }, "RewardPoolWrongRoot", [Form.ROOT, ZeroHash]],
        [
          "with the mark of a root thrown out",
          { root: toBeHex(1, 32) },
          "RewardPoolWrongRoot",
          [Form.ROOT, toBeHex(1, 32)],
        ],
        ["of more users than are bound", { count: 5n }, "RewardPoolRosterCount", [4n, 5n]],
        ["with more users eligible than it has", { count: 3n, eligible: 4n }, "RewardPoolRosterCount", [3n, 4n]],
      ];
      for (const [name, unsound, error, args] of cases) {
        it(`reverts for one ${name}`, async () => {
          const { world, linesOf, rosterOf, publish } = await endedFixture();
          await refused(world, publish(0, rosterOf(0, linesOf(true), unsound)), error, args, publish);
        });
      }

      it("reverts for one with chunks", async () => {
        const { world, rosterOf, publish } = await endedFixture();
        const attempt = publish(0, rosterOf(0), [id("a chunk")]);
        await refused(world, attempt, "RewardPoolChunkCount", [0n, 1n], publish);
      });
    });

    describe("when nobody is eligible", () => {
      it("reverts for a roster of refusals alone, unless that is meant", async () => {
        const { world, poolId, linesOf, rosterOf, publish, rootOf } = await endedFixture();
        const roster = rosterOf(0, linesOf(false));
        await refused(world, publish(0, roster), "RewardPoolNoneEligible", [poolId, 0n, 4n], async () =>
          publish(0, { ...roster, noneEligible: true }),
        );
        expect(await rootOf()).to.equal(roster.root);
      });

      it("reverts for an empty roster, unless that is meant", async () => {
        const { world, poolId, linesOf, rosterOf, publish, rootOf } = await endedFixture();
        const roster = rosterOf(0, linesOf(true), { count: 0n, eligible: 0n });
        await refused(world, publish(0, roster), "RewardPoolNoneEligible", [poolId, 0n, 0n], async () =>
          publish(0, { ...roster, noneEligible: true }),
        );
        expect(await rootOf()).to.equal(roster.root);
      });
    });

    it("tells of the roster and of each correction", async () => {
      const { world, state, poolId, rosterOf, publish } = await endedFixture();
      const roster = rosterOf(0);
      const shorter = rosterOf(0, [
        [state.users[0]!.userId, false],
        [state.users[1]!.userId, true],
      ]);
      for (const each of [roster, shorter]) {
        await expect(publish(0, each))
          .to.emit(world.pool, "RosterPublished")
          .withArgs(
            poolId,
            0n,
            Source.OPERATOR,
            each.root,
            each.count,
            each.eligible,
            each.contentHash,
            each.evidenceUri,
          );
      }
    });
  });
});
