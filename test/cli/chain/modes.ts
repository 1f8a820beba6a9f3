import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";
import { id, Wallet } from "ethers";

import { run } from "../../../cli/src/run.js";
import {
  type ApprovalCollector,
  bitmapOf,
  cycleTimes,
  openRoster,
  type Pool,
  type PoolConfig,
  type Roster,
  rosterOf,
} from "../../../sdk/src/index.js";
import { openFileSource } from "../../../sdk/src/node/index.js";
import { type UsageIndicator, UsageIndicator__factory } from "../../../typechain-types/index.js";
import { booksOf, buildFile, createPool, GRANT, openStage, type Stage, toMoment, users } from "./fixture.js";

/** What roster and verdict say of the users, in turn: yes and yes, yes and no, no and yes, no and no. */
const ROSTER = (index: number): boolean => index % 4 < 2;
const VERDICT = (index: number): boolean => index % 2 === 0;
const THRESHOLD = 40n;

describe("guildhall rewards in each mode", function () {
  this.timeout(120_000);
  let stage: Stage;
  let verifier: string;
  let indicator: UsageIndicator;
  const member = new Wallet(id("member"));
  before(async () => {
    stage = await openStage();
    const config = { members: [member.address], threshold: 1 };
    const created = await stage.hall.committees.create({ salt: id("verifier"), config });
    verifier = (await created.wait()).committeeId;
    indicator = await new UsageIndicator__factory(stage.operator).deploy();
    for (const [name, answer] of [
      ["roster.csv", ROSTER],
      ["verdict.csv", VERDICT],
    ] as const) {
      const lines = users.map(({ userId }, index) => `${userId},${answer(index)}\n`).join("");
      await writeFile(join(stage.folder, name), `userId,eligible\n${lines}`);
    }
  });
  after(() => stage.close());

  /** The program in this process, with the keystore's account. */
  async function guildhall(args: readonly string[]) {
    let [out, err] = ["", ""];
    const code = await run([...args, ...stage.chain], {
      out: (text) => (out += text),
      err: (text) => (err += text),
      isWatched: false,
    });
    return { code, out, err };
  }

  const asked = (change: Partial<PoolConfig>) => createPool(stage, { verifier, verifierDelay: 1_000, ...change });

  async function measured(): Promise<Pool> {
    const named = { indicator: await indicator.getAddress(), threshold: THRESHOLD };
    return createPool(stage, { mode: "INDICATOR", ...named });
  }

  /** The committee's approval of a verdict of cycle 0. */
  async function approve({ poolId }: Pool, roster: Roster) {
    const { rewards, committees } = stage.hall;
    const digest = rewards.verdictDigest({ committeeId: verifier, epoch: 1, poolId, cycle: 0, revision: 1, roster });
    const collector: ApprovalCollector = await committees.collect({ committeeId: verifier, digest });
    await collector.add({ signature: member.signingKey.sign(digest).serialized });
    return { epoch: 1, revision: 1, approval: collector.build() };
  }

  /** The verifier's list of cycle 0, which anyone publishes; gives its file. */
  async function publishVerdict(pool: Pool): Promise<string> {
    const { rewards } = stage.hall;
    const path = await buildFile(stage, pool, 0, "verdict.csv");
    if (pool.form === "BITMAP") {
      const bits = Uint8Array.of(users.reduce((sum, _, index) => sum | (VERDICT(index) ? 1 << index : 0), 0));
      const bitmap = bitmapOf({ count: users.length, bits });
      const verdict = await approve(pool, rosterOf(bitmap.figures, "https://example.org/verdict"));
      const work = { poolId: pool.poolId, cycle: 0, bitmap, evidenceUri: "https://example.org/verdict" };
      await rewards.publishBitmap({ ...work, verdict });
      return path;
    }
    const file = await openFileSource(path);
    const roster = rosterOf((await openRoster(file)).header, "https://example.org/verdict");
    await file.close();
    const verdict = await approve(pool, roster);
    await (await rewards.publish({ poolId: pool.poolId, cycle: 0, roster, verdict })).wait();
    return path;
  }

  /** The operator's list of cycle 0, by the command; gives its file. */
  async function publishRoster(pool: Pool): Promise<string> {
    const path = await buildFile(stage, pool, 0, "roster.csv");
    const { code, err } = await publish(pool, path);
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    return path;
  }

  function publish({ poolId }: Pool, path: string) {
    const what = ["--pool", poolId, "--cycle", "0", "--roster", path, "--uri", "https://example.org/roster"];
    return guildhall(["rewards", "publish", ...what, ...stage.asOperator]);
  }

  async function settle({ poolId }: Pool, ...more: readonly string[]) {
    const key = ["--keystore", join(stage.folder, "key.json"), "--password-file", join(stage.folder, "password")];
    const { code, out } = await guildhall(["rewards", "settle", "--pool", poolId, "--json", ...key, ...more]);
    return { code, told: JSON.parse(out) as Readonly<Record<string, unknown>> };
  }

  async function show({ poolId }: Pool, user = 0) {
    const what = ["--pool", poolId, "--cycle", "0", "--user", users[user]?.userId ?? ""];
    const { code, out, err } = await guildhall(["rewards", "show", "--json", ...what]);
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    return JSON.parse(out) as Readonly<Record<"pool" | "cycle" | "user", Readonly<Record<string, unknown>>>>;
  }

  const unitsOf = (answer: (index: number) => boolean) => users.map((_, index) => (answer(index) ? GRANT : 0n));

  describe("VERIFIER", () => {
    for (const form of ["ROOT", "BITMAP"] as const) {
      it(`settles by the verdict in the form ${form}, and shows it`, async () => {
        const pool = await asked({ mode: "VERIFIER", form });
        await toMoment(stage, pool, 0, "end");
        const path = await publishVerdict(pool);
        await toMoment(stage, pool, 0, "finalFrom");
        const told = await show(pool);
        expect(told.cycle).to.include({ verifierCount: 7, verifierEligible: 4 }).and.not.have.property("operatorCount");
        expect(told.user["answer"]).to.equal(form === "BITMAP" ? "YES" : undefined);
        const evidence = form === "ROOT" ? ["--roster", path] : [];
        const first = await settle(pool, ...evidence);
        expect(first.code).to.equal(0);
        expect(first.told).to.include({ settled: 7, already: 0 });
        expect((await booksOf(stage, pool)).units).to.deep.equal(unitsOf(VERDICT));
        expect((await settle(pool, ...evidence)).told).to.include({ settled: 0, already: 7, transactions: 0 });
      });
    }

    it("ends with 4 where the operator would publish", async () => {
      const pool = await asked({ mode: "VERIFIER" });
      await toMoment(stage, pool, 0, "end");
      const { code, err } = await publish(pool, await buildFile(stage, pool));
      expect(code).to.equal(4);
      expect(err).to.match(/^CLI_STATE: The pool has the mode VERIFIER[^\n]*\n$/);
    });

    it("ends with 4 while no verdict stands, and with 2 for a list too many", async () => {
      const pool = await asked({ mode: "VERIFIER" });
      await toMoment(stage, pool, 0, "finalFrom");
      const path = await buildFile(stage, pool);
      const { code, told } = await settle(pool, "--roster", path);
      expect(code).to.equal(4);
      expect(told).to.have.nested.property("error.args.source", "VERIFIER");
      expect((await settle(pool, "--roster", path, "--verdict", path)).code).to.equal(2);
    });
  });

  describe("BOTH", () => {
    it("settles by both lists in the form ROOT, those of whom both say the same in one transaction", async () => {
      const pool = await asked({ mode: "BOTH" });
      await toMoment(stage, pool, 0, "end");
      const [roster, verdict] = [await publishRoster(pool), await publishVerdict(pool)];
      await toMoment(stage, pool, 0, "finalFrom");
      const told = await show(pool);
      expect(told.cycle).to.include({ operatorEligible: 4, verifierEligible: 4 });
      expect(told.cycle["operatorRoot"]).not.to.equal(told.cycle["verifierRoot"]);
      const lists = ["--roster", roster, "--verdict", verdict];
      const first = await settle(pool, ...lists);
      expect(first.code).to.equal(0);
      // Users 0, 3 and 4 agree; 1, 2, 5 and 6 go one by one.
      expect(first.told).to.include({ settled: 7, transactions: 5, units: (2n * GRANT).toString() });
      expect((await booksOf(stage, pool)).units).to.deep.equal(unitsOf((index) => ROSTER(index) && VERDICT(index)));
      expect((await settle(pool, ...lists)).told).to.include({ settled: 0, already: 7, transactions: 0 });
    });

    it("settles by both bitmaps, and shows what each says", async () => {
      const pool = await asked({ mode: "BOTH", form: "BITMAP" });
      await toMoment(stage, pool, 0, "end");
      await publishRoster(pool);
      await publishVerdict(pool);
      await toMoment(stage, pool, 0, "finalFrom");
      expect((await show(pool, 1)).user).to.include({ answer: "YES", verifierAnswer: "NO", unitsAfterSettling: "0" });
      expect((await show(pool, 0)).user).to.include({ answer: "YES", verifierAnswer: "YES", unitsAfterSettling: "10" });
      const { code, told } = await settle(pool, "--cycle", "0");
      expect(code).to.equal(0);
      expect(told).to.include({ settled: 7, transactions: 1 });
      expect((await booksOf(stage, pool)).units).to.deep.equal(unitsOf((index) => ROSTER(index) && VERDICT(index)));
    });

    it("ends with 2 without the verifier's list, with 4 while it does not stand, and with 3 for the roster in its place", async () => {
      const pool = await asked({ mode: "BOTH" });
      await toMoment(stage, pool, 0, "end");
      const roster = await publishRoster(pool);
      await toMoment(stage, pool, 0, "finalFrom");
      expect((await settle(pool, "--roster", roster)).code).to.equal(2);
      const alone = await settle(pool, "--roster", roster, "--verdict", roster);
      expect(alone.code).to.equal(4);
      expect(alone.told).to.have.nested.property("error.args.source", "VERIFIER");

      const judged = await asked({ mode: "BOTH" });
      await toMoment(stage, judged, 0, "end");
      const own = await publishRoster(judged);
      await publishVerdict(judged);
      await toMoment(stage, judged, 0, "finalFrom");
      const swapped = await settle(judged, "--roster", own, "--verdict", own);
      expect(swapped.code).to.equal(3);
      expect(swapped.told).to.have.nested.property("error.code", "CLI_ROSTER");
      expect((await booksOf(stage, judged)).settled).to.equal(0);
    });
  });

  describe("INDICATOR", () => {
    it("settles by proved totals, waits for those that are not, and shows them", async () => {
      const pool = await measured();
      const { end } = cycleTimes(pool, 0);
      // The last user's total is not proved.
      for (const [index, { userId }] of users.slice(0, -1).entries()) {
        await (await indicator.setTotal(userId, end - 1_000, end, VERDICT(index) ? THRESHOLD : THRESHOLD - 1n)).wait();
      }
      await toMoment(stage, pool, 0, "finalFrom");
      const told = await show(pool);
      expect(told.pool).to.include({ mode: "INDICATOR", threshold: THRESHOLD.toString() });
      expect(told.user).to.include({ answer: "YES", unitsAfterSettling: GRANT.toString(), nextCycleAfterSettling: 1 });
      expect((await show(pool, 1)).user).to.include({ answer: "NO", nextCycleAfterSettling: 1 });
      expect((await show(pool, 6)).user).to.include({ answer: "NONE", nextCycleAfterSettling: 0 });

      const last = users[6]?.userId;
      const first = await settle(pool);
      expect(first.code).to.equal(1);
      expect(first.told)
        .to.include({ settled: 6 })
        .and.deep.include({
          refused: [{ userId: last, refusal: "NOT_FINAL" }],
        });
      expect((await booksOf(stage, pool)).units).to.deep.equal(unitsOf((index) => VERDICT(index) && index < 6));
      await (await indicator.setTotal(last ?? "", end - 1_000, end, THRESHOLD)).wait();
      const second = await settle(pool);
      expect(second.code).to.equal(0);
      expect(second.told).to.include({ settled: 1, already: 6 });
    });

    it("ends with 4 where a roster would be published, and with 2 where one is named to settle by", async () => {
      const pool = await measured();
      await toMoment(stage, pool, 0, "end");
      const path = await buildFile(stage, pool);
      const { code, err } = await publish(pool, path);
      expect(code).to.equal(4);
      expect(err).to.match(/^CLI_STATE: The pool has the mode INDICATOR[^\n]*\n$/);
      await toMoment(stage, pool, 0, "finalFrom");
      expect((await settle(pool, "--roster", path)).code).to.equal(2);
    });
  });
});
