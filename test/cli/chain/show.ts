import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";
import { id } from "ethers";

import { bitmapOf } from "../../../sdk/src/index.js";
import { booksOf, createPool, earned, GRANT, openStage, type Stage, toMoment, users } from "./fixture.js";

const PAGE = join(import.meta.dirname, "../../../docs/rewards.md");

/** The command lines of the page's section, without `guildhall`; the variables of the shell are left. */
async function documentedLines(): Promise<readonly string[]> {
  const section = (await readFile(PAGE, "utf8")).split("## From the command line")[1] ?? "";
  const block = /```sh\n([^`]*)```/.exec(section)?.[1] ?? "";
  return block.split("\n").flatMap((line) => /^guildhall (.*)$/.exec(line)?.[1] ?? []);
}

describe("guildhall rewards show", function () {
  this.timeout(120_000);
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  it("ends the way that the page shows", async () => {
    const pool = await createPool(stage, {}, stage.keyHall);
    const values: Readonly<Record<string, readonly string[]>> = {
      $POOL: [pool.poolId],
      $USER_ID: [users[0]?.userId ?? ""],
      $CHAIN: stage.chain,
      $KEY: stage.key,
    };
    const lines = await documentedLines();
    expect(lines.map((line) => line.split(" ")[1])).to.deep.equal(["build", "publish", "settle", "claim", "show"]);
    let last = "";
    for (const line of lines) {
      if (line.includes("publish")) await toMoment(stage, pool, 0, "end");
      if (line.includes("settle")) await toMoment(stage, pool, 0, "finalFrom");
      const args = line.split(" ").flatMap((word) => values[word] ?? [word]);
      const { code, out, err } = await stage.guildhall(args);
      expect({ code, err }, line).to.deep.equal({ code: 0, err: "" });
      last = out;
    }
    expect((await booksOf(stage, pool)).units).to.deep.equal(earned);
    expect(last)
      .to.match(/^unitsAfterSettling +10$/m)
      .and.match(/^operatorEligible +5$/m);
  });

  it("tells pool, cycle and user as JSON, without a key", async () => {
    const pool = await createPool(stage, { form: "BITMAP" });
    const { poolId } = pool;
    const args = ["rewards", "show", "--pool", poolId, "--cycle", "0", "--user", users[1]?.userId ?? "", "--json"];
    await toMoment(stage, pool, 0, "end");
    const { rewards } = stage.hall;
    const bitmap = bitmapOf({ count: 7, bits: Uint8Array.of(0b10) });
    await rewards.publishBitmap({ poolId, cycle: 0, bitmap, evidenceUri: "https://example.org/0" });
    await toMoment(stage, pool, 0, "finalFrom");
    const { code, out, err } = await stage.guildhall([...args, ...stage.chain]);
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    const told = JSON.parse(out) as Readonly<Record<"pool" | "cycle" | "user", object>>;
    expect(told.pool).to.include({ poolId, form: "BITMAP", totalUnits: "1000", finalCycles: 1, presentCycle: 1 });
    expect(told.cycle).to.include({ cycle: 0, operatorCount: 7, operatorEligible: 1 });
    expect(told.cycle).to.include({ operatorUri: "https://example.org/0" }).and.not.have.property("verifierCount");
    expect(told.user).to.include({ units: "0", unitsAfterSettling: GRANT.toString(), nextCycle: 0, answer: "YES" });
    expect(told.user).to.include({ nextCycleAfterSettling: 1, owed: "0" });
  });

  it("ends with 4 for a pool or a user that is not there, and where no node answers", async () => {
    const { poolId } = await createPool(stage);
    const show = (...more: readonly string[]) => stage.guildhall(["rewards", "show", ...more]);
    const unknown = await show("--pool", id("no pool"), ...stage.chain);
    expect(unknown.code).to.equal(4);
    expect(unknown.err).to.match(/^CONTRACT_REVERT: [^\n]*\n$/);
    const stranger = await show("--pool", poolId, "--user", id("nobody bound him"), ...stage.chain);
    expect(stranger.code).to.equal(4);
    expect(stranger.err).to.match(/^CLI_STATE: The user [^\n]*\n$/);
    const silent = await show("--pool", poolId, "--rpc", "http://127.0.0.1:1");
    expect(silent.code).to.equal(4);
    expect(silent.err).to.match(/^RPC_UNAVAILABLE: [^\n]*\n$/);
  });
});
