import { expect } from "chai";

import {
  buildBitmapRoster,
  buildRootRoster,
  memorySink,
  memorySource,
  openRoster,
  type RosterRow,
  rosterOf,
} from "../../sdk/src/index.js";
import { createPool, GRANT, loadRewards, reportsOf, type RewardsHall, toMoment } from "./sdk-fixture.js";

/** Lines of a roster that says yes to every other user. */
async function* rowsOf(hall: RewardsHall): AsyncGenerator<readonly RosterRow[]> {
  const rows = hall.users.map(({ userId }, index) => ({ line: index + 1, userId, eligible: index % 2 === 0 }));
  yield await Promise.resolve(rows);
}

/** What settling must report for them. */
function expected(hall: RewardsHall) {
  return hall.users.map(({ userId }, index) => {
    return { userId, status: "settled", nextCycle: 1, units: index % 2 === 0 ? GRANT : 0n };
  });
}

describe("rewards SDK", () => {
  describe("rosters from files", () => {
    it("settles by proofs out of a roster's file", async () => {
      const hall = await loadRewards();
      const { operator, stranger } = hall.halls;
      const pool = await createPool(hall, { form: "ROOT" });
      const place = { poolId: pool.poolId, cycle: 0 };
      const sink = memorySink();
      const figures = await buildRootRoster({ ...place, rows: rowsOf(hall), sink });
      await toMoment(pool, 0, "end");
      await (await operator.rewards.publish({ ...place, roster: rosterOf(figures, "uri") })).wait();
      await toMoment(pool, 0, "finalFrom");
      const proofs = await openRoster(memorySource(sink.bytes()));
      const reports = await reportsOf(stranger.rewards.settleUsers({ ...place, users: hall.users, proofs }));
      expect(reports).to.have.deep.members(expected(hall));
    });

    it("publishes a bitmap that was built of the bound users", async () => {
      const hall = await loadRewards();
      const { operator, stranger } = hall.halls;
      const pool = await createPool(hall);
      const place = { poolId: pool.poolId, cycle: 0 };
      async function* bound() {
        for (const event of await stranger.rewards.history({ poolId: pool.poolId, names: ["Bound"] })) {
          if (event.name === "Bound") yield event.args;
        }
      }
      const bitmap = await buildBitmapRoster({ ...place, rows: rowsOf(hall), bound: bound(), count: pool.userCount });
      await toMoment(pool, 0, "end");
      const published = await operator.rewards.publishBitmap({ ...place, bitmap, evidenceUri: "uri" });
      expect(published.published).to.equal(true);
      await toMoment(pool, 0, "finalFrom");
      const reports = await reportsOf(stranger.rewards.settleUsers({ poolId: pool.poolId, users: hall.users }));
      expect(reports).to.deep.equal(expected(hall));
    });
  });
});
