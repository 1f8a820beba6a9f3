import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { expect } from "chai";
import { id } from "ethers";

import { run } from "../../cli/src/run.js";
import type { RosterAudit, RosterFigures } from "../../sdk/src/index.js";
import { buildRoster, makeUsers, place } from "../helpers/rosters.js";

const ROOT = join(import.meta.dirname, "../..");

type Outcome = { readonly code: number; readonly out: string; readonly err: string };

async function guildhall(args: readonly string[], isWatched = false): Promise<Outcome> {
  let [out, err] = ["", ""];
  const code = await run(args, { out: (text) => (out += text), err: (text) => (err += text), isWatched });
  return { code, out, err };
}

describe("guildhall rewards", () => {
  const users = makeUsers(12);
  let folder: string;
  let lines: string;
  let file: string;
  let published: string;
  let build: readonly string[];
  let audit: readonly string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "guildhall-cli-"));
    lines = join(folder, "users.csv");
    file = join(folder, "roster");
    published = join(folder, "published.json");
    build = ["rewards", "build", lines, "--pool", place.poolId, "--cycle", String(place.cycle), "--out", file];
    audit = ["rewards", "audit", file, "--published", published];
    await writeFile(lines, `userId,eligible\n${users.map((user) => `${user.userId},${user.eligible}\n`).join("")}`);
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function publish(change: Partial<RosterFigures> = {}): Promise<RosterFigures> {
    const { code, out, err } = await guildhall([...build, "--json"]);
    expect({ code, err }).to.deep.equal({ code: 0, err: "" });
    const figures = JSON.parse(out) as RosterFigures;
    await writeFile(published, JSON.stringify({ ...figures, ...change }));
    return figures;
  }

  describe("build", () => {
    it("writes the file and prints the figures", async () => {
      const built = await buildRoster(users);
      expect(await publish()).to.deep.equal({ ...built.figures, file });
      expect(new Uint8Array(await readFile(file))).to.deep.equal(built.bytes);
      const { code, out, err } = await guildhall(build);
      expect({ code, err }).to.deep.equal({ code: 0, err: "" });
      expect(out).to.include(`root         ${built.figures.root}\n`).and.include("eligible     8\n");
    });

    it("shows its progress only to somebody who watches and wants no JSON", async () => {
      expect((await guildhall(build, true)).err).to.match(/^reading: 12\n/);
      expect((await guildhall([...build, "--json"], true)).err).to.equal("");
    });

    it("names bad lines, writes nothing, and ends with 3", async () => {
      await writeFile(lines, `userId,eligible\n0x12,yes\n${users[0]!.userId},perhaps\n`);
      const { code, out, err } = await guildhall(build);
      expect({ code, out }).to.deep.equal({ code: 3, out: "" });
      expect(err.split("\n")).to.deep.equal([
        "line 2: userId is not 0x and 64 hex digits",
        "line 3: eligible is not true, false, 1, 0, yes or no",
        "ROSTER_LINES_REFUSED: 2 faults were found, the first on line 2: userId is not 0x and 64 hex digits. " +
          "Mend the lines that args.faults lists; nothing was written.",
        "",
      ]);
      expect(await stat(file).catch(() => "none")).to.equal("none");
      const told = JSON.parse((await guildhall([...build, "--json"])).out) as { error: { code: string; args: object } };
      expect(told.error.code).to.equal("ROSTER_LINES_REFUSED");
      expect(told.error.args).to.have.property("total", 2);
    });

    it("builds a roster that says yes to nobody only if that is meant", async () => {
      await writeFile(lines, `userId,eligible\n${users[0]!.userId},no\n`);
      expect(await guildhall(build)).to.deep.include({ code: 3 });
      expect(await guildhall([...build, "--none-eligible"])).to.deep.include({ code: 0 });
    });

    it("ends with 3 where a file is not there", async () => {
      await rm(lines);
      const { code, err } = await guildhall(build);
      expect(code).to.equal(3);
      expect(err).to.equal(`CLI_FILE: The file system refuses ${lines}: ENOENT. Check the path.\n`);
      // Neither file is opened before it is needed: an error that nobody waits for would end the process.
      const bitmap = [...build, "--form", "bitmap", "--count", "12", "--bound", join(folder, "nowhere")];
      expect((await guildhall(bitmap)).err).to.include(lines);
    });

    it("ends with 2 where the command line is wrong", async () => {
      const wrong: readonly (readonly string[])[] = [
        ["rewards", "build", lines],
        [...build, "--form", "list"],
        [...build, "--cycle", "-1"],
        [...build, "--cycle", "4294967296"],
        [...build, "--pool", "0x12"],
        [...build, "--count", "3"],
        [...build, "--form", "bitmap"],
        [...build, "--unknown"],
        [...build, "more"],
        ["rewards", "nothing"],
      ];
      for (const args of wrong) {
        const { code, err } = await guildhall(args);
        expect(code, args.join(" ")).to.equal(2);
        expect(err).to.not.equal("");
      }
    });

    it("builds a bitmap from the users' indexes", async () => {
      const bound = join(folder, "bound.csv");
      await writeFile(bound, `userId,index\n${users.map(({ userId }, i) => `${userId},${i}\n`).join("")}`);
      const args = [...build, "--form", "bitmap", "--bound", bound, "--json"];
      const { code, out } = await guildhall(args);
      expect(code).to.equal(0);
      expect(JSON.parse(out)).to.include({ count: 12, eligible: 8, root: `0x${"00".repeat(32)}` });
      await writeFile(published, out);
      expect(await guildhall(audit)).to.deep.include({ code: 0 });
      const tooFew = await guildhall([...args, "--count", "11"]);
      expect(tooFew.code).to.equal(3);
      expect(tooFew.out).to.include("ROSTER_NOT_OF_BOUND_USERS");
    });
  });

  describe("audit", () => {
    it("ends with 0 for a file that is what was published", async () => {
      await publish();
      expect(await guildhall(audit)).to.deep.equal({
        code: 0,
        out: "The file is what was published: 12 users, 8 of them eligible.\n",
        err: "",
      });
    });

    it("ends with 1 for one that is not, and says where", async () => {
      await publish({ root: id("another root") });
      const { code, out } = await guildhall(audit);
      expect(code).to.equal(1);
      expect(out)
        .to.include(`PUBLISHED root: expected ${id("another root")}, found `)
        .and.include("1 mismatches");
      const told = await guildhall([...audit, "--json"]);
      expect(told.code).to.equal(1);
      expect(JSON.parse(told.out) as RosterAudit).to.deep.include({ sound: false, total: 1 });
    });

    it("holds bound users against the file", async () => {
      const bound = join(folder, "bound.csv");
      await publish();
      await writeFile(bound, `userId,index\n${users[0]!.userId},0\n`);
      expect((await guildhall([...audit, "--bound", bound])).code).to.equal(0);
      await writeFile(bound, `userId,index\n${id("left out")},0\n`);
      const { code, out } = await guildhall([...audit, "--bound", bound]);
      expect(code).to.equal(1);
      expect(out).to.include(`COVERAGE ${id("left out")}: expected in the roster, found missing\n`);
      await publish({ root: `0x${"00".repeat(32)}` });
      expect((await guildhall([...audit, "--bound", bound])).code).to.equal(2);
    });

    it("ends with 3 where it is not said what was published", async () => {
      await publish();
      for (const text of ["", "[", "{}", "null", '{"poolId":"0x12"}']) {
        await writeFile(published, text);
        const { code, err } = await guildhall(audit);
        expect(code).to.equal(3);
        expect(err).to.match(/^CLI_JSON: .*\n$/);
      }
    });
  });

  describe("help", () => {
    it("ends with 0", async () => {
      const { code, out } = await guildhall(["rewards", "build", "--help"]);
      expect(code).to.equal(0);
      expect(out).to.include("--none-eligible");
    });
  });

  it("runs as a program, whose exit code is the command's", async () => {
    const program = ["--import", "tsx", "cli/src/guildhall.ts", "rewards", "build"];
    const end = await promisify(execFile)(process.execPath, program, { cwd: ROOT }).catch((error: unknown) => error);
    expect(end).to.have.property("code", 2);
  }).timeout(60_000);
});
