import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import type { Pool } from "../../../sdk/src/index.js";
import { buildFile, createPool, openStage, type Stage, toMoment, users } from "./fixture.js";

describe("guildhall rewards publish", function () {
  this.timeout(120_000);
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  const URI = "https://example.org/0";

  function publish({ poolId }: Pool, file: string, ...more: readonly string[]) {
    const what = ["--pool", poolId, "--cycle", "0", "--roster", file, "--uri", URI, "--json"];
    return stage.guildhall(["rewards", "publish", ...what, ...stage.chain, ...more]);
  }

  for (const form of ["ROOT", "BITMAP"] as const) {
    it(`publishes the form ${form}, and does nothing the second time`, async () => {
      const pool = await createPool(stage, { form });
      const file = await buildFile(stage, pool);
      await toMoment(stage, pool, 0, "end");
      const first = await publish(pool, file, ...stage.asOperator);
      expect(first).to.include({ code: 0, err: "" });
      const told = JSON.parse(first.out) as Record<string, unknown>;
      expect(told).to.include({ poolId: pool.poolId, form, count: 7, eligible: 5, published: true });
      expect(told["stored"]).to.equal(form === "BITMAP" ? 1 : undefined);
      // The window is over by now, which is nothing to whoever has published.
      await toMoment(stage, pool, 0, "finalFrom");
      const second = await publish(pool, file, ...stage.asOperator);
      expect(second).to.include({ code: 0, err: "" });
      expect(JSON.parse(second.out)).to.include({ published: false });
      const events = await stage.hall.rewards.history({ poolId: pool.poolId, names: ["RosterPublished"] });
      expect(events).to.have.lengthOf(1);
      expect(events[0]?.args).to.include({
        root: told["root"],
        count: 7,
        eligible: 5,
        contentHash: told["contentHash"],
      });
    });
  }

  it("goes on where a bitmap's chunks are stored already", async () => {
    const pool = await createPool(stage, { form: "BITMAP" });
    await writeFile(
      join(stage.folder, "others.csv"),
      `userId,eligible\n${users.map(({ userId }, index) => `${userId},${index === 0}\n`).join("")}`,
    );
    const file = await buildFile(stage, pool, 0, "others.csv");
    await (await stage.hall.rewards.storeChunk({ chunk: Uint8Array.of(1) })).wait();
    await toMoment(stage, pool, 0, "end");
    const { code, out } = await publish(pool, file, ...stage.asOperator);
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.include({ stored: 0, published: true });
  });

  it("corrects where the evidence is, in both forms", async () => {
    for (const form of ["ROOT", "BITMAP"] as const) {
      const pool = await createPool(stage, { form });
      const { poolId } = pool;
      const file = await buildFile(stage, pool);
      await toMoment(stage, pool, 0, "end");
      expect((await publish(pool, file, ...stage.asOperator)).code).to.equal(0);
      const moved = await publish(pool, file, ...stage.asOperator, "--uri", `${URI}/moved`);
      expect(moved).to.include({ code: 0, err: "" });
      expect(JSON.parse(moved.out)).to.include({ published: true, uri: `${URI}/moved` });
      const events = await stage.hall.rewards.history({ poolId, names: ["RosterPublished"] });
      expect(events.map(({ args }) => ("evidenceUri" in args ? args.evidenceUri : ""))).to.deep.equal([
        URI,
        `${URI}/moved`,
      ]);
    }
  });

  it("refuses a file of another pool, another cycle or another form with 3, and one that contradicts itself", async () => {
    const pool = await createPool(stage);
    const bitmap = await createPool(stage, { form: "BITMAP" });
    await toMoment(stage, bitmap, 0, "end");
    const ofBitmap = await buildFile(stage, bitmap);
    const damaged = await buildFile(stage, pool);
    const bytes = await readFile(damaged);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    await writeFile(damaged, bytes);
    const wrong: readonly (readonly [file: string, code: string])[] = [
      [ofBitmap, "ROSTER_FILE_MALFORMED"],
      [await buildFile(stage, pool, 1), "CLI_ROSTER"],
      [await buildFile(stage, await createPool(stage)), "CLI_ROSTER"],
      [damaged, "CLI_ROSTER"],
    ];
    for (const [file, expected] of wrong) {
      const { code, out } = await publish(pool, file, ...stage.asOperator);
      expect(code, file).to.equal(3);
      expect(JSON.parse(out)).to.have.nested.property("error.code", expected);
    }
    expect(await stage.hall.rewards.isPublished(pool.poolId, 0)).to.equal(false);
  });

  it("refuses outside the window, and another key than the operator's, with 4", async () => {
    const pool = await createPool(stage);
    const file = await buildFile(stage, pool);
    const told = async (...key: readonly string[]) => {
      const { code, out } = await publish(pool, file, ...key);
      return [code, (JSON.parse(out) as { readonly error: { readonly message: string } }).error.message] as const;
    };
    const early = await told(...stage.asOperator);
    await toMoment(stage, pool, 0, "end");
    const stranger = await told(...stage.key);
    await toMoment(stage, pool, 0, "publishUntil");
    const late = await told(...stage.asOperator);
    expect([early[0], stranger[0], late[0]]).to.deep.equal([4, 4, 4]);
    expect(early[1]).to.match(/^This can be published from \d+ on/);
    expect(stranger[1]).to.include(`The pool's operator is ${stage.operator.address}`);
    expect(late[1]).to.match(/^This could be published before \d+/);
  });

  it("publishes a roster that says yes to nobody only if that is meant", async () => {
    const pool = await createPool(stage);
    await writeFile(join(stage.folder, "nobody.csv"), `userId,eligible\n${users[0]?.userId},no\n`);
    const file = await buildFile(stage, pool, 0, "nobody.csv");
    await toMoment(stage, pool, 0, "end");
    const { code, out } = await publish(pool, file, ...stage.asOperator);
    expect(code).to.equal(3);
    expect(out).to.include("--none-eligible");
    expect(await publish(pool, file, "--none-eligible", ...stage.asOperator)).to.include({ code: 0 });
  });
});
