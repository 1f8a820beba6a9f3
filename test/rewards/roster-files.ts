import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { buildRootRoster, openRoster } from "../../sdk/src/index.js";
import { openFileSource, readBoundUsers, readRosterRows, writeFileWhole } from "../../sdk/src/node/index.js";
import { buildRoster, makeUsers, place, refusalOf, rowsOf } from "../helpers/rosters.js";

describe("rosters in files", () => {
  let folder: string;
  let path: string;
  const users = makeUsers(25);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "guildhall-rosters-"));
    path = join(folder, "cycle-7.roster");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("are written and read as in memory", async () => {
    const lines = join(folder, "users.csv");
    const rows = users.map(({ userId, eligible }) => `${userId},${eligible}`);
    await writeFile(lines, ["userId,eligible", ...rows].join("\n"));
    const figures = await writeFileWhole(path, (sink) =>
      buildRootRoster({ ...place, rows: readRosterRows(lines), sink }),
    );
    const built = await buildRoster(users);
    expect(figures).to.deep.equal(built.figures);
    expect(new Uint8Array(await readFile(path))).to.deep.equal(built.bytes);
    const source = await openFileSource(path);
    const roster = await openRoster(source);
    expect((await roster.proofOf(users[3]!.userId)).eligible).to.equal(users[3]!.eligible);
    await source.close();
    expect((await readdir(folder)).toSorted()).to.deep.equal(["cycle-7.roster", "users.csv"]);
  });

  it("leave the file before them as it was, and nothing beside it, where the lines are refused", async () => {
    await writeFile(path, "before");
    const twice = rowsOf([...users, ...users.slice(0, 1)]);
    const promise = writeFileWhole(path, (sink) => buildRootRoster({ ...place, rows: twice, sink }));
    await refusalOf(promise, "ROSTER_LINES_REFUSED");
    expect(await readFile(path, "utf8")).to.equal("before");
    expect(await readdir(folder)).to.deep.equal(["cycle-7.roster"]);
  });

  it("are not there before they are whole", async () => {
    const names: string[][] = [];
    await writeFileWhole(path, async (sink) => {
      for (let i = 0; i < 3; ++i) {
        await sink.write(Uint8Array.of(i));
        names.push(await readdir(folder));
      }
    });
    for (const during of names) expect(during).to.have.length(1).and.not.include("cycle-7.roster");
    expect(await readFile(path)).to.deep.equal(Buffer.of(0, 1, 2));
  });

  it("say so when they are cut off while they are read", async () => {
    await writeFile(path, (await buildRoster(users)).bytes);
    const source = await openFileSource(path);
    const roster = await openRoster(source);
    await truncate(path, 200);
    const error = await refusalOf(roster.proofOf(users[0]!.userId), "ROSTER_FILE_MALFORMED");
    expect(error.args).to.deep.include({ path, at: 200 });
    await source.close();
  });

  it("name the lines of bound users that are none", async () => {
    const bound = join(folder, "bound.ndjson");
    const [first, second] = users.map(({ userId }) => userId);
    const indexes = [0, "1", -1, 1.5, "0x2", 2 ** 32];
    await writeFile(bound, indexes.map((index) => `${JSON.stringify({ userId: first, index })}\n`).join(""));
    const read: unknown[] = [];
    const drain = async () => {
      for await (const { index } of readBoundUsers(bound)) read.push(index);
    };
    const error = await refusalOf(drain(), "ROSTER_LINES_REFUSED");
    expect((error.args["faults"] as readonly { line: number }[]).map(({ line }) => line)).to.deep.equal([3, 4, 5, 6]);
    expect(read).to.deep.equal([0, 1]);
    const csv = join(folder, "bound.csv");
    await writeFile(csv, `index,userId\n0,${first}\n1,${second}\n`);
    const all = [];
    for await (const user of readBoundUsers(csv)) all.push(user);
    expect(all).to.deep.equal([
      { userId: first, index: 0 },
      { userId: second, index: 1 },
    ]);
  });
});
