import { expect } from "chai";
import { id } from "ethers";

import { bitmapOf, type Pool } from "../../../sdk/src/index.js";
import { createPool, GRANT, openStage, type Stage, toMoment, users } from "./fixture.js";

describe("guildhall rewards claim", function () {
  this.timeout(120_000);
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  /** A pool in which the first two users hold units, and are owed a thousandth of 10,000 for each. */
  async function createPoolOwing(): Promise<Pool> {
    const { rewards } = stage.hall;
    const pool = await createPool(stage, { form: "BITMAP" });
    const { poolId } = pool;
    await toMoment(stage, pool, 0, "end");
    const bitmap = bitmapOf({ count: 7, bits: Uint8Array.of(0b11) });
    await rewards.publishBitmap({ poolId, cycle: 0, bitmap, evidenceUri: "" });
    await toMoment(stage, pool, 0, "finalFrom");
    await (await rewards.settleBatch({ poolId, users, untilCycle: 1 })).wait();
    await (await stage.token.approve(rewards.address, 10n ** 20n)).wait();
    await (await rewards.reportProfit({ poolId, cycle: 0, profit: 10_000n, reportHash: id("report") })).wait();
    return pool;
  }

  function claim({ poolId }: Pool, ...more: readonly string[]) {
    return stage.guildhall(["rewards", "claim", "--pool", poolId, "--json", ...stage.chain, ...stage.key, ...more]);
  }

  it("pays all, and nobody twice", async () => {
    const pool = await createPoolOwing();
    const amount = (GRANT * 10n).toString();
    const first = await claim(pool, "--all");
    expect(first).to.include({ code: 0, err: "" });
    const paid = users.slice(0, 2).map(({ userId }) => ({ userId, amount }));
    expect(JSON.parse(first.out)).to.deep.equal({ poolId: pool.poolId, paid, nothingOwed: 5, refused: [] });
    const second = await claim(pool, "--all");
    expect(JSON.parse(second.out)).to.deep.include({ paid: [], nothingOwed: 7 });
    expect(await stage.token.balanceOf(users[0]?.account ?? "")).to.equal(GRANT * 10n);
  });

  it("tells whom the token refuses and who is not bound, pays the others, and ends with 1", async () => {
    const pool = await createPoolOwing();
    const [blocked, other] = users.map(({ userId }) => userId);
    await (await stage.token.setReceiverBlocked(users[0]?.account ?? "", true)).wait();
    const stranger = id("nobody bound him");
    const { code, out } = await claim(pool, "--user", blocked ?? "", other ?? "", stranger);
    await (await stage.token.setReceiverBlocked(users[0]?.account ?? "", false)).wait();
    expect(code).to.equal(1);
    const told = JSON.parse(out) as { readonly refused: readonly object[]; readonly paid: readonly object[] };
    expect(told.paid.map((each) => ("userId" in each ? each.userId : ""))).to.deep.equal([other]);
    expect(told.refused).to.have.lengthOf(2);
    expect(told.refused[0]).to.deep.equal({ userId: stranger, refusal: "NOT_BOUND" });
    expect(told.refused[1]).to.have.property("userId", blocked);
  });

  it("ends with 2 unless it is said who", async () => {
    const pool = { poolId: id("a pool") } as Pool;
    expect((await claim(pool)).code).to.equal(2);
    expect((await claim(pool, "--all", "--user", id("a user"))).code).to.equal(2);
  });
});
