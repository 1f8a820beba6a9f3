import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { findUncovered } from "../../scripts/checks/canaries/findUncovered.js";
import { findUnplantable } from "../../scripts/checks/canaries/findUnplantable.js";
import { ALL_CANARIES } from "../../scripts/quality/canaries/allCanaries.js";
import type { Tree } from "../../scripts/quality/canaries/Canary.js";
import { READINGS } from "../../scripts/quality/figures/readings.js";
import { countRuns } from "../../scripts/quality/forge/countRuns.js";
import { behaviourTests, FILES } from "../../scripts/quality/mutation/files.js";
import { hashOf } from "../../scripts/quality/mutation/results.js";
import { Verdicts } from "../../scripts/quality/mutation/Verdicts.js";
import { SDK_FILES } from "../../scripts/quality/stryker/files.js";

const ROOT = join(import.meta.dirname, "../..");
const RUNS = { tests: 2, failed: 0, fuzzRuns: {}, campaigns: 1, campaignRuns: 1_000, calls: 200_000 };
const RED = Object.fromEntries(ALL_CANARIES.map(({ name }) => [name, "red"]));
const SOURCE = "a source";
const stateOf = (id: string, name: string, figures: object | undefined, source = SOURCE) =>
  READINGS[id]?.(
    (asked) => (asked === name ? figures : undefined),
    () => source,
  )?.state;

describe("quality", () => {
  describe("readings", () => {
    const CASES: readonly (readonly [id: string, name: string, whole: object, short: object])[] = [
      ["P1", "deep", { "test/a/A.t.sol": RUNS }, { "test/a/A.t.sol": { ...RUNS, calls: 32_768 } }],
      ["P1", "deep", { "test/a/A.t.sol": RUNS }, { "test/a/A.t.sol": { ...RUNS, failed: 1 } }],
      [
        "P3",
        "deep",
        {
          "test/committee/Approvals.t.sol": { ...RUNS, fuzzRuns: { testFuzz_noBytesApprove: 100_000, testFuzz_b: 9 } },
        },
        { "test/committee/Approvals.t.sol": { ...RUNS, fuzzRuns: { testFuzz_noBytesApprove: 10_000 } } },
      ],
      [
        "P2",
        "failures",
        { rows: 9, provoked: 2, declared: 3, unreachable: 1, problems: 0 },
        { rows: 9, provoked: 2, declared: 4, unreachable: 1, problems: 0 },
      ],
      ["P4", "proofs", { proved: 1, failed: 0 }, { proved: 1, failed: 1 }],
      [
        "P6",
        "coverage",
        { lines: { reached: 9, all: 9 }, branches: { reached: 98, all: 100 } },
        { lines: { reached: 9, all: 9 }, branches: { reached: 97, all: 100 } },
      ],
      ["P7", "engines", { files: 1, passed: { default: 1 }, problems: 0 }, { files: 1, passed: {}, problems: 1 }],
      ["P9", "canaries", RED, { ...RED, [ALL_CANARIES[0]?.name ?? ""]: "skipped" }],
      ["P9", "canaries", RED, Object.fromEntries(Object.entries(RED).slice(1))],
      ["P12", "reproducible", { contracts: 1, recorded: 1, problems: 0 }, { contracts: 1, recorded: 1, problems: 1 }],
    ];
    for (const [id, name, whole, short] of CASES) {
      it(`says ${id} is reached when ${name}.json shows it, and only then`, () => {
        expect(stateOf(id, name, whole)).to.equal("reached");
        expect(stateOf(id, name, short)).to.equal("partly");
        expect(stateOf(id, name, undefined)).to.equal(undefined);
      });
    }

    it("says that mutants were killed when all were tried, and none is alive without a reason", () => {
      const counts = { mutants: 10, tried: 10, stillborn: 0, killed: 9 };
      const file = { source: hashOf(SOURCE), ...counts, survivors: [{ reason: "a text" }] };
      const listed = [...Object.keys(FILES), ...Object.keys(SDK_FILES)];
      const all = Object.fromEntries(listed.map((each) => [each, file]));
      expect(stateOf("P5", "mutation", all)).to.equal("reached");
      expect(stateOf("P5", "mutation", { a: file })).to.equal("partly");
      expect(stateOf("P5", "mutation", { ...all, a: { ...file, survivors: [{}] } })).to.equal("partly");
      expect(stateOf("P5", "mutation", { ...all, a: { ...file, mutants: 11 } })).to.equal("partly");
      expect(stateOf("P5", "mutation", all, "another source")).to.equal("partly");
      const two = { ...file, killed: 8 };
      expect(stateOf("P5", "mutation", { ...all, a: two })).to.equal("partly");
      const equal = { reason: "the same: it is counted twice" };
      expect(stateOf("P5", "mutation", { ...all, a: { ...two, survivors: [equal, equal] } })).to.equal("reached");
    });
  });

  it("mutates files that are there, by tests that are there", () => {
    const listed = [
      ...Object.entries(SDK_FILES),
      ...Object.keys(FILES).map((file) => [file, behaviourTests(ROOT, file)] as const),
    ];
    for (const [file, tests] of listed) {
      expect(tests, file).not.to.deep.equal([]);
      expect([file, ...tests].filter((each) => !existsSync(join(ROOT, each)))).to.deep.equal([]);
    }
  });

  it("reads verdicts of mutants as they were written", () => {
    const verdicts = new Verdicts(5);
    verdicts.set(0, "killed by forge");
    verdicts.set(2, "survived");
    verdicts.set(3, "same code");
    const read = new Verdicts(5, String(verdicts));
    expect([0, 1, 2, 3, 4].map((i) => read.of(i))).to.deep.equal([
      "killed by forge",
      undefined,
      "survived",
      "same code",
      undefined,
    ]);
    expect(read.count("killed by forge", "survived")).to.equal(2);
  });

  it("counts the runs of each test of a file", () => {
    const passed = { status: "Success" } as const;
    const figures = countRuns([
      {
        "test/a/A.t.sol:A": {
          test_results: {
            "fuzz(bytes,(uint8,bytes))": { ...passed, kind: { Fuzz: { runs: 9 } } },
            "more()": { ...passed, kind: { Fuzz: { runs: 5 } } },
            campaign: { status: "Failure", kind: { Invariant: { runs: 3, calls: 7, metrics: {} } } },
          },
        },
      },
    ]);
    expect(figures).to.deep.equal({
      "test/a/A.t.sol": {
        tests: 3,
        failed: 1,
        fuzzRuns: { fuzz: 9, more: 5 },
        campaigns: 1,
        campaignRuns: 3,
        calls: 7,
      },
    });
  });

  it("finds a planted fault that has no place any more", () => {
    const canary = (from: string) => ({
      name: "a",
      plant: ({ replace }: Tree) => {
        replace("package.json", from, "");
      },
    });
    expect(findUnplantable(ROOT, [canary('"name": "guildhall"')])).to.deep.equal([]);
    expect(findUnplantable(ROOT, [canary("sings")])).to.deep.equal(['canary "a": package.json has no sings']);
  });

  describe("findUncovered", () => {
    const canary = { name: "a fault", gate: [["npm", "run", "--silent", "check:a"]] as const };

    it("finds nothing where each gate has its canary", () => {
      expect(findUncovered(["check:a"], [canary], {})).to.deep.equal([]);
      expect(findUncovered(["lint"], [{ name: "b", gate: [["oxlint"]], of: ["lint"] }], {})).to.deep.equal([]);
    });

    it("finds a gate without one", () => {
      expect(findUncovered(["check:a", "check:b"], [canary], {})).to.deep.equal([
        "check:b: no canary shows it a fault",
      ]);
      expect(findUncovered(["check:a", "check:b"], [canary], { "check:b": "why" })).to.deep.equal([]);
    });

    it("finds an exception that is none", () => {
      expect(findUncovered(["check:a"], [canary], { "check:a": "why" })).to.deep.equal(["check:a: needs no exception"]);
    });

    it("finds a canary that says no gate, and a name that stands twice", () => {
      expect(findUncovered([], [{ name: "b", gate: [["oxlint"]] }], {})).to.have.lengthOf(1);
      expect(findUncovered(["check:a"], [canary, canary], {})).to.deep.equal(['canary "a fault": stands twice']);
    });
  });
});
