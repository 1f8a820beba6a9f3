import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";
import { id, Wallet } from "ethers";

import { run } from "../../../cli/src/run.js";
import {
  bitmapOf,
  hashTyped,
  openRoster,
  type Pool,
  rosterOf,
  userRebindingTypedData,
} from "../../../sdk/src/index.js";
import { openFileSource } from "../../../sdk/src/node/index.js";
import { nodeAt } from "../../helpers/faultyNode/Backend.js";
import { FaultyNode } from "../../helpers/faultyNode/FaultyNode.js";
import {
  booksOf,
  buildFile,
  createPool,
  earned,
  isEligible,
  openStage,
  PASSWORD,
  type Stage,
  toMoment,
  users,
} from "./fixture.js";

describe("guildhall rewards settle", function () {
  this.timeout(120_000);
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  /** Publishes cycle 0, which then is final. */
  async function publish(pool: Pool): Promise<readonly string[]> {
    const { rewards } = stage.hall;
    const { poolId } = pool;
    await toMoment(stage, pool, 0, "end");
    if (pool.form === "BITMAP") {
      const bits = Uint8Array.of(users.reduce((sum, _, index) => sum | (isEligible(index) ? 1 << index : 0), 0));
      await rewards.publishBitmap({ poolId, cycle: 0, bitmap: bitmapOf({ count: 7, bits }), evidenceUri: "" });
      await toMoment(stage, pool, 0, "finalFrom");
      return [];
    }
    const path = await buildFile(stage, pool);
    const file = await openFileSource(path);
    const { header } = await openRoster(file);
    await file.close();
    await (await rewards.publish({ poolId, cycle: 0, roster: rosterOf(header, "") })).wait();
    await toMoment(stage, pool, 0, "finalFrom");
    return ["--roster", path];
  }

  function argsOf({ poolId }: Pool, ...more: readonly string[]): readonly string[] {
    return ["rewards", "settle", "--pool", poolId, "--json", ...more];
  }

  for (const form of ["ROOT", "BITMAP"] as const) {
    it(`is killed in the middle with the form ${form}, run again, and settles each user once`, async () => {
      const pool = await createPool(stage, { form });
      const evidence = await publish(pool);
      // The second batch goes to the chain, and the program dies before it hears of it.
      const sent = Promise.withResolvers<undefined>();
      const honest = nodeAt(stage.node.url);
      let count = 0;
      const node = await FaultyNode.start(async (request) => {
        const answer = await honest(request);
        if (request.method !== "eth_sendRawTransaction" || ++count < 2) return answer;
        sent.resolve(undefined);
        return new Promise(() => undefined);
      });
      const args = argsOf(pool, ...evidence, "--batch-size", "2", ...stage.key);
      const first = stage.start([...args, "--rpc", node.url, "--directory", stage.hall.context.addresses.Directory]);
      await Promise.race([sent.promise, first.ended]);
      first.process.kill("SIGKILL");
      expect(await first.ended).to.deep.equal({ code: null, out: "", err: "" });
      await node.stop();
      expect((await booksOf(stage, pool)).settled).to.equal(4);

      const second = await stage.guildhall([...args, ...stage.chain]);
      expect(second).to.include({ code: 0, err: "" });
      const told = JSON.parse(second.out) as object;
      expect(told)
        .to.include({ settled: 3, already: 4, unlisted: 0, transactions: 2 })
        .and.deep.include({ refused: [] });
      expect(await booksOf(stage, pool)).to.deep.equal({ units: earned, settled: 7 });

      const third = await stage.guildhall([...args, ...stage.chain]);
      expect(JSON.parse(third.out)).to.include({ settled: 0, already: 7, transactions: 0 });
      expect((await booksOf(stage, pool)).settled).to.equal(7);
    });
  }

  it("settles the users of a file, tells who was refused, and ends with 1", async () => {
    const pool = await createPool(stage, { form: "BITMAP" });
    await publish(pool);
    const stranger = id("nobody bound him");
    await writeFile(join(stage.folder, "some.csv"), `userId\n${users[1]?.userId}\n${stranger}\n${users[1]?.userId}\n`);
    const args = ["rewards", "settle", "--pool", pool.poolId, "--users", "some.csv", ...stage.key, ...stage.chain];
    const { code, out, err } = await stage.guildhall(args);
    expect({ code, err }).to.deep.equal({ code: 1, err: "" });
    expect(out).to.match(new RegExp(`^refused ${stranger}: NOT_BOUND\nsettled +1\nalready +0\n`));
    expect((await booksOf(stage, pool)).settled).to.equal(1);
  });

  it("settles a user who has another account by now", async () => {
    const pool = await createPool(stage, { form: "BITMAP" });
    const { poolId } = pool;
    const { rewards } = stage.hall;
    const [before, userId] = [Wallet.createRandom(), id("a user who moves")];
    await (await rewards.bind({ poolId, users: [{ userId, account: before.address }] })).wait();
    const move = { poolId, userId, newAccount: Wallet.createRandom().address, deadline: 2 ** 40 - 1 };
    const rebinding = { ...move, account: before.address, nonce: 0 };
    const userSignature = before.signingKey.sign(
      hashTyped(userRebindingTypedData(rewards.place, rebinding)),
    ).serialized;
    await (await rewards.rebind({ ...move, userSignature, registrarSignature: "0x" })).wait();
    await publish(pool);
    const { code, out } = await stage.guildhall(argsOf(pool, ...stage.key, ...stage.chain));
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.include({ settled: 8 });
  });

  it("asks for the password on a terminal", async () => {
    const pool = await createPool(stage, { form: "BITMAP" });
    await publish(pool);
    let [out, err] = ["", ""];
    const questions: string[] = [];
    const askSecret = async (question: string): Promise<string> => {
      questions.push(question);
      return Promise.resolve(PASSWORD);
    };
    const keystore = join(stage.folder, "key.json");
    const code = await run(argsOf(pool, ...stage.chain, "--keystore", keystore), {
      out: (text) => (out += text),
      err: (text) => (err += text),
      isWatched: true,
      askSecret,
    });
    expect({ code, err, questions }).to.deep.equal({ code: 0, err: "", questions: [`Password of ${keystore}: `] });
    expect(JSON.parse(out)).to.include({ settled: 7 });
  });

  it("ends with 4 before the cycle is final, and when a proof acts no more", async () => {
    const pool = await createPool(stage);
    const path = await buildFile(stage, pool);
    const nothing = await stage.guildhall(argsOf(pool, "--roster", path, ...stage.key, ...stage.chain));
    expect(nothing.code).to.equal(4);
    expect(JSON.parse(nothing.out)).to.have.nested.property("error.code", "CLI_STATE");
    const evidence = await publish(pool);
    await toMoment(stage, pool, 0, "actionUntil");
    const late = await stage.guildhall(argsOf(pool, ...evidence, ...stage.key, ...stage.chain));
    expect(late.code).to.equal(4);
    expect(JSON.parse(late.out)).to.have.nested.property("error.code", "REWARD_WINDOW_OVER");
    const bitmap = await createPool(stage, { form: "BITMAP" });
    const early = await stage.guildhall(argsOf(bitmap, ...stage.key, ...stage.chain));
    expect(early.code).to.equal(4);
    expect(JSON.parse(early.out)).to.have.nested.property("error.code", "REWARD_NOT_FINAL");
  });

  it("ends with 3 for a list that was not published", async () => {
    const pool = await createPool(stage);
    await publish(pool);
    await writeFile(join(stage.folder, "few.csv"), `userId,eligible\n${users[2]?.userId},yes\n`);
    const path = await buildFile(stage, pool, 0, "few.csv");
    const { code, out } = await stage.guildhall(argsOf(pool, "--roster", path, ...stage.key, ...stage.chain));
    expect(code).to.equal(3);
    expect(JSON.parse(out)).to.have.nested.property("error.code", "CLI_ROSTER");
    expect((await booksOf(stage, pool)).settled).to.equal(0);
  });

  it("ends with 2 where the key, or the list, is not named or not wanted", async () => {
    const [root, bitmap] = [await createPool(stage), await createPool(stage, { form: "BITMAP" })];
    const wrong: readonly (readonly string[])[] = [
      argsOf(bitmap, ...stage.chain),
      argsOf(bitmap, ...stage.chain, ...stage.key, ...stage.asOperator),
      argsOf(bitmap, ...stage.chain, "--keystore", "key.json"),
      argsOf(bitmap, ...stage.chain, ...stage.key, "--roster", "users.csv"),
      argsOf(root, ...stage.chain, ...stage.key),
      argsOf(root, ...stage.key),
      argsOf(root, ...stage.chain, ...stage.key, "--verdict", "users.csv", "--roster", "users.csv"),
    ];
    for (const args of wrong) expect((await stage.guildhall(args)).code, args.join(" ")).to.equal(2);
  });

  it("ends with 3 for a key that does not open, and tells nothing of the password", async () => {
    const pool = await createPool(stage, { form: "BITMAP" });
    await writeFile(join(stage.folder, "guess"), "sesame");
    const keys: readonly (readonly string[])[] = [
      ["--keystore", "key.json", "--password-file", "guess"],
      ["--keystore", "users.csv", "--password-file", "guess"],
      ["--from", `0x${"12".repeat(20)}`],
    ];
    for (const key of keys) {
      const { code, out, err } = await stage.guildhall(argsOf(pool, ...stage.chain, ...key));
      expect(code, key.join(" ")).to.equal(3);
      expect(JSON.parse(out)).to.have.nested.property("error.code", "CLI_KEY");
      expect(out + err).to.not.include("sesame");
    }
  });
});
