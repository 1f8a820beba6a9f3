import { expect } from "chai";
import { AbiCoder, concat, id, keccak256, ZeroHash } from "ethers";
import fc from "fast-check";

import {
  buildRootRoster,
  EMPTY_ROOT,
  leafOf,
  readNdjsonRows,
  type RosterEntry,
  type RosterProgress,
  type RosterRow,
} from "../../sdk/src/index.js";
import { readCsvRows } from "../../sdk/src/node/index.js";
import { buildRoster, chunksOf, libraryTree, makeUsers, place, refusalOf, rowsOf } from "../helpers/rosters.js";

const userIds = fc.uniqueArray(
  fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => `0x${Buffer.from(bytes).toString("hex")}`),
  { minLength: 1, maxLength: 40 },
);
const [alice, bob] = [id("alice"), id("bob")];

function csvOf(users: readonly RosterEntry[]): string {
  return `userId,eligible\n${users.map(({ userId, eligible }) => `${userId},${eligible}\n`).join("")}`;
}

/** A sink that nothing may reach. */
const closedSink = {
  write: () => expect.fail("nothing may be written"),
};

async function faultsOf(rows: AsyncIterable<readonly RosterRow[]>): Promise<readonly string[]> {
  const error = await refusalOf(buildRootRoster({ ...place, rows, sink: closedSink }), "ROSTER_LINES_REFUSED");
  const faults = error.args["faults"] as readonly { line: number; reason: string }[];
  expect(error.args["total"]).to.equal(faults.length);
  return faults.map(({ line, reason }) => `${line}: ${reason}`);
}

describe("rosters", () => {
  describe("buildRootRoster", () => {
    for (const count of [1, 2, 3, 7, 1000]) {
      it(`has the root of OpenZeppelin's tree with ${count} users`, async () => {
        const users = makeUsers(count);
        const { figures } = await buildRoster(users);
        expect(figures.root).to.equal(libraryTree(users).root);
        expect(figures.count).to.equal(count);
        expect(figures.eligible).to.equal(users.filter(({ eligible }) => eligible).length);
      });
    }

    it("has the library's root for any users in any order", async () => {
      await fc.assert(
        fc.asyncProperty(userIds, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), async (ids, answers) => {
          fc.pre(ids.every((userId) => userId !== ZeroHash));
          const users = ids.map((userId, i) => ({ userId, eligible: answers[i]! }));
          const { figures, bytes } = await buildRoster(users, true);
          expect(figures.root).to.equal(libraryTree(users).root);
          const turned = await buildRoster(users.toReversed(), true);
          expect(turned.bytes).to.deep.equal(bytes);
        }),
        { numRuns: 40 },
      );
    });

    it("hashes the content over ids and answers in the order of the ids", async () => {
      const users = makeUsers(100);
      const { figures } = await buildRoster(users);
      const sorted = users.toSorted((a, b) => (a.userId < b.userId ? -1 : 1));
      const content = concat(sorted.flatMap(({ userId, eligible }) => [userId, eligible ? "0x01" : "0x00"]));
      expect(figures.contentHash).to.equal(keccak256(content));
    });

    it("hashes a leaf as the library does", () => {
      const [user] = makeUsers(1);
      const leaf = leafOf({ ...place, ...user! });
      expect(leaf).to.equal(libraryTree([user!]).root);
      const { poolId, cycle } = place;
      const types = ["bytes32", "uint32", "bytes32", "bool"];
      const encoded = AbiCoder.defaultAbiCoder().encode(types, [poolId, cycle, user!.userId, user!.eligible]);
      expect(leaf).to.equal(keccak256(keccak256(encoded)));
    });

    it("builds a roster that says yes to nobody only if that is meant", async () => {
      const users = makeUsers(4).map(({ userId }) => ({ userId, eligible: false }));
      const build = (rows: readonly RosterEntry[]) =>
        buildRootRoster({ ...place, rows: rowsOf(rows), sink: closedSink });
      expect((await refusalOf(build(users), "ROSTER_NONE_ELIGIBLE")).args).to.deep.equal({ count: 4 });
      expect((await refusalOf(build([]), "ROSTER_NONE_ELIGIBLE")).args).to.deep.equal({ count: 0 });
      expect((await buildRoster(users, true)).figures).to.include({ count: 4, eligible: 0 });
      const empty = await buildRoster([], true);
      expect(empty.figures).to.include({ count: 0, eligible: 0, root: EMPTY_ROOT, contentHash: keccak256("0x") });
    });

    it("refuses a pool and a cycle that cannot be", async () => {
      const build = (wrong: object) =>
        buildRootRoster({ ...place, rows: rowsOf(makeUsers(1)), sink: closedSink, ...wrong });
      for (const wrong of [{ poolId: "0x12" }, { cycle: -1 }, { cycle: 2 ** 32 }, { cycle: 0.5 }]) {
        await refusalOf(build(wrong), "ROSTER_OUT_OF_RANGE");
      }
    });

    it("lists every line that is bad, and writes nothing", async () => {
      const rows: RosterRow[] = [
        { line: 1, userId: "0x12", eligible: true },
        { line: 2, userId: alice, eligible: "maybe" },
        { line: 3, fault: "the line has a NUL" },
        { line: 4, userId: ZeroHash, eligible: true },
        { line: 5, userId: alice.replace("0x", "0X"), eligible: true },
        { line: 6, userId: undefined, eligible: true },
        { line: 7, userId: `${alice.slice(0, -1)}g`, eligible: true },
      ];
      // oxlint-disable-next-line typescript/require-await
      const given = async function* () {
        yield rows;
      };
      expect(await faultsOf(given())).to.deep.equal([
        "1: userId is not 0x and 64 hex digits",
        "2: eligible is not true, false, 1, 0, yes or no",
        "3: the line has a NUL",
        "4: userId is zero, which no pool binds",
        "5: userId is not 0x and 64 hex digits",
        "6: userId is not 0x and 64 hex digits",
        "7: userId is not 0x and 64 hex digits",
      ]);
    });

    it("finds every user that stands twice, whatever the letters of his id", async () => {
      const users = [
        ...makeUsers(50),
        { userId: id("user 3").toUpperCase().replace("0X", "0x"), eligible: true },
        { userId: id("user 4"), eligible: false },
        { userId: id("user 4"), eligible: true },
      ];
      expect(await faultsOf(rowsOf(users))).to.deep.equal([
        `51: the user ${id("user 3")} stands on line 4 already, with the same answer`,
        `52: the user ${id("user 4")} stands on line 5 already, with the opposite answer`,
        `53: the user ${id("user 4")} stands on line 52 already, with the opposite answer`,
      ]);
    });

    it("lists a hundred faults and counts the others", async () => {
      const users = Array.from({ length: 250 }, () => ({ userId: "none", eligible: true }));
      const promise = buildRootRoster({ ...place, rows: rowsOf(users), sink: closedSink });
      const { args } = await refusalOf(promise, "ROSTER_LINES_REFUSED");
      expect(args["total"]).to.equal(250);
      expect(args["faults"]).to.have.length(100);
    });

    it("tells how far it has come", async () => {
      const seen: RosterProgress[] = [];
      const sink = { write: () => Promise.resolve() };
      await buildRootRoster({
        ...place,
        rows: rowsOf(makeUsers(20)),
        sink,
        onProgress: (progress) => seen.push(progress),
      });
      const stages = [...new Set(seen.map(({ stage }) => stage))];
      expect(stages).to.deep.equal(["reading", "sorting", "hashing leaves", "hashing nodes", "writing"]);
      expect(seen.at(-1)).to.deep.equal({ stage: "writing", done: 20, total: 20 });
    });
  });

  describe("readCsvRows and readNdjsonRows", () => {
    it("give the same roster, whatever the chunks, line ends, columns and spellings", async () => {
      const users = makeUsers(30);
      const spellings = { true: ["true", "TRUE", "1", "yes", "Yes"], false: ["false", "False", "0", "no", "NO"] };
      const spell = (eligible: boolean, i: number) => spellings[`${eligible}`][i % 5]!;
      const csv = [
        "name, eligible ,note,userId",
        ...users.map(({ userId, eligible }, i) => `"a, ""b""",${spell(eligible, i)},,${userId}`),
      ].join("\r\n");
      const ndjson = users.map(({ userId, eligible }, i) =>
        JSON.stringify({
          note: [{ eligible: 3 }],
          eligible: [eligible, eligible ? 1 : 0, spell(eligible, i)][i % 3],
          userId,
        }),
      );
      const expected = (await buildRoster(users)).figures;
      const sink = { write: () => Promise.resolve() };
      for (const length of [1, 13, 100_000]) {
        for (const rows of [
          readCsvRows(chunksOf(csv, length)),
          readCsvRows(chunksOf(`\ufeff${csvOf(users)}\n\n`, length)),
          readNdjsonRows(chunksOf(ndjson.join("\n"), length)),
          readNdjsonRows(chunksOf(`${ndjson.join("\r\n\r\n")}\r\n`, length)),
        ]) {
          expect(await buildRootRoster({ ...place, rows, sink })).to.deep.equal(expected);
        }
      }
    });

    const long = "x".repeat(5_000);
    const csvFaults: readonly [string, string, string[]][] = [
      ["a bad id", `userId,eligible\n${alice},1\n0x12,1\n`, ["3: userId is not 0x and 64 hex digits"]],
      ["a missing column", `userId,eligible\n${alice}\n`, ["2: the line lacks a column"]],
      ["a header that lacks one", `userId,ok\n${alice},1\n`, ["1: the header must name once: eligible"]],
      ["a header that has one twice", "userId,eligible,userId\n", ["1: the header must name once: userId"]],
      ["no header", "", ["1: the header is missing: userId,eligible"]],
      ["a NUL", `userId,eligible\n${alice},1\0\n${bob},1\n`, ["2: the line has a NUL"]],
      [
        "a long line",
        `userId,eligible\n\n${alice},1${long}\n${bob},2\n`,
        ["3: the line has more than 4096 bytes", "4: eligible is not true, false, 1, 0, yes or no"],
      ],
      // What follows a stray quote is read as quoted, so that this is all that can be said.
      [
        "a stray quote",
        `userId,eligible\n${alice},"1"x\n${bob},2\n`,
        ["2: the line is no CSV (CSV_INVALID_CLOSING_QUOTE)", "3: the line is no CSV (CSV_QUOTE_NOT_CLOSED)"],
      ],
      [
        "a quote that stays open",
        `userId,eligible\n${alice},"1\n${bob},1\n`,
        ["3: the line is no CSV (CSV_QUOTE_NOT_CLOSED)"],
      ],
    ];
    for (const [title, text, faults] of csvFaults) {
      it(`refuse CSV with ${title}`, async () => {
        for (const length of [1, 50, 100_000]) {
          expect(await faultsOf(readCsvRows(chunksOf(text, length)))).to.deep.equal(faults);
        }
      });
    }

    const good = `{"userId":"${alice}","eligible":true}`;
    const ndjsonFaults: readonly [string, string, string][] = [
      ["no JSON", "{", "2: the line is no JSON, or has a key twice"],
      [
        "a key twice",
        `{"userId":"${bob}","eligible":true,"eligible":false}`,
        "2: the line is no JSON, or has a key twice",
      ],
      ["no answer", `{"userId":"${bob}"}`, "2: the line is no object with userId and eligible"],
      ["a list", "[]", "2: the line is no object with userId and eligible"],
      [
        "an inherited key",
        `{"userId":"${bob}","__proto__":{"eligible":true}}`,
        "2: the line is no object with userId and eligible",
      ],
      ["a number", `{"userId":"${bob}","eligible":2}`, "2: eligible is not true, false, 1, 0, yes or no"],
      ["a NUL", `{"userId":"${bob}",\0"eligible":1}`, "2: the line has a NUL"],
      ["a long line", `{"userId":"${bob}","eligible":1,"note":"${long}"}`, "2: the line has more than 4096 bytes"],
    ];
    for (const [title, line, fault] of ndjsonFaults) {
      it(`refuse NDJSON with ${title}`, async () => {
        for (const length of [1, 50, 100_000]) {
          const rows = readNdjsonRows(chunksOf(`${good}\n${line}`, length));
          expect(await faultsOf(rows)).to.deep.equal([fault]);
        }
      });
    }

    it("keep little of a line that does not end", async () => {
      // 64 MiB of one line: to keep it all would copy it a thousand times.
      const chunk = new Uint8Array(65_536).fill(120);
      const endless = async function* () {
        await Promise.resolve();
        for (let i = 0; i < 1_024; ++i) yield chunk;
      };
      expect(await faultsOf(readNdjsonRows(endless()))).to.deep.equal(["1: the line has more than 4096 bytes"]);
    });

    it("refuse a line that is no UTF-8", async () => {
      const bytes = Uint8Array.of(...new TextEncoder().encode(`${good}\n`), 0xff, 0xfe, 10);
      expect(await faultsOf(readNdjsonRows(chunksOf(bytes)))).to.deep.equal(["2: the line is no UTF-8"]);
    });
  });
});
