import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { JsonRpcProvider } from "ethers";

import { coins } from "../../scripts/demo/coins.js";
import { formatCycleGas } from "../../scripts/demo/report/formatCycleGas.js";
import type { BookedFigure } from "../../scripts/demo/rewards/books/BookedFigure.js";
import { checkFigures } from "../../scripts/demo/rewards/books/checkFigures.js";
import { expectPool } from "../../scripts/demo/rewards/books/expectPool.js";
import { formatFigures } from "../../scripts/demo/rewards/books/formatFigures.js";
import { countDeliveries } from "../../scripts/demo/rewards/deliveries/countDeliveries.js";
import type { Delivery } from "../../scripts/demo/rewards/deliveries/Delivery.js";
import { demoDeliveries } from "../../scripts/demo/rewards/deliveries/demoDeliveries.js";
import { drawDeliveries } from "../../scripts/demo/rewards/deliveries/drawDeliveries.js";
import { writeDeliveries } from "../../scripts/demo/rewards/deliveries/writeDeliveries.js";
import { momentsOf } from "../../scripts/demo/rewards/momentsOf.js";
import { planCycles } from "../../scripts/demo/rewards/planCycles.js";
import type { RewardPlan } from "../../scripts/demo/rewards/RewardPlan.js";
import { Guildhall } from "../../sdk/src/index.js";
import { StandardToken__factory } from "../../typechain-types/factories/mocks/tokens/StandardToken__factory.js";
import { DemoProcess } from "../helpers/demoProcess.js";
import { expectGone } from "../helpers/expectGone.js";

describe("demo of reward pools", function () {
  this.timeout(240_000);

  describe("when something is wrong", () => {
    it("fails when the pools hold one base unit more than they owe", async () => {
      const demo = new DemoProcess(["--chain", "anvil"]);
      const [, url = ""] = await demo.line(/ at (http:\S+)$/);
      const [, directory = "", token = ""] = await demo.line(
        /The directory is (0x\w{40}), the demo's token (0x\w{40})/,
      );
      await demo.line(/publishes the roster of cycle 0/);
      const provider = new JsonRpcProvider(url);
      const { rewards } = await Guildhall.connect(provider, { directory });
      const stranger = await provider.getSigner(7);
      await StandardToken__factory.connect(token, stranger).mint(rewards.address, 1n);
      provider.destroy();
      expect(await demo.exitCode()).to.equal(1);
      expect(demo.errors.join("\n")).to.match(
        /BooksWrong: RewardPool: held, owed: 1044\.585737069479270503 where 1044\.585737069479270502 is expected\.$/,
      );
      expect(demo.lines.some((line) => /^RewardPool: held, owed .* differs /.test(line))).to.equal(true);
    });

    it("fails when a party of the pools dies, and ends all others", async () => {
      const demo = new DemoProcess(["--chain", "anvil"]);
      const pid = await demo.pidOf("relayer");
      await demo.line(/publishes the roster of cycle 0/);
      process.kill(pid, "SIGKILL");
      expect(await demo.exitCode()).to.equal(1);
      expect(demo.errors.join("\n")).to.match(/PartyDied: relayer was ended by SIGKILL before its part was played\./);
      expect(demo.parties).to.have.length(20);
      await expectGone(demo.parties);
    });
  });

  describe("deliveries", () => {
    const terms = planCycles({ now: 1_000, set: true, interval: 1 });
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "guildhall-deliveries-"));
    });

    afterEach(() => {
      rmSync(folder, { recursive: true });
    });

    it("are the same for the same seed, and others for another", () => {
      const drawn = (seed: number) => [...drawDeliveries({ seed, couriers: 3, cycles: 2 })];
      expect(drawn(1)).to.deep.equal(drawn(1));
      expect(drawn(1)).not.to.deep.equal(drawn(2));
    });

    it("of the demo are as many as its page says, each time", () => {
      expect([...demoDeliveries()]).to.have.length(142_905);
      expect([...demoDeliveries()]).to.have.length(142_905);
    });

    it("are counted from the file as they were drawn, each within its cycle", async () => {
      const path = join(folder, "deliveries.csv");
      const drawn = [...drawDeliveries({ seed: 7, couriers: 60, cycles: 2 })];
      await writeDeliveries(path, terms, drawn);
      const [header, ...lines] = readFileSync(path, "utf8").trim().split("\n");
      expect(header).to.equal("cycle,courier,deliveredAt,inTime");
      expect(lines).to.have.length(drawn.length);
      for (const line of lines) {
        const [cycle = 0, , at = 0] = line.split(",").map(Number);
        expect(Math.floor((at - terms.start) / terms.cycleLength)).to.equal(cycle);
      }
      const counts = await countDeliveries(path, 2);
      const of = (cycle: number, courier: string) =>
        drawn.filter((delivery) => delivery.cycle === cycle && delivery.courier === courier);
      for (const cycle of [0, 1]) {
        expect(counts[cycle]?.size).to.equal(60);
        for (const [courier, count] of counts[cycle] ?? []) {
          const theirs = of(cycle, courier);
          expect(count).to.deep.equal({ all: theirs.length, inTime: theirs.filter(({ inTime }) => inTime).length });
        }
      }
    });

    for (const [what, line] of [
      ["a cycle that is not played", "2,C-0001,5,1"],
      ["an answer that is none", "0,C-0001,5,yes"],
      ["a missing column", "0,C-0001,1"],
      ["a second header", "cycle,courier,deliveredAt,inTime"],
    ] as const) {
      it(`are refused with ${what}`, async () => {
        const path = join(folder, "deliveries.csv");
        writeFileSync(path, `cycle,courier,deliveredAt,inTime\n0,C-0001,5,1\n${line}\n`);
        const refusal = await countDeliveries(path, 2).catch((error: unknown) => error);
        expect(refusal).to.have.property("code", "DeliveryMalformed");
        expect(refusal).to.have.property("message").that.contains("Line 3 of");
      });
    }
  });

  describe("expectPool", () => {
    const plan: RewardPlan = {
      story: "pool",
      title: "A pool",
      form: "BITMAP",
      couriers: 2,
      target: 2,
      totalUnits: 100n,
      grant: 5n,
      // A thousandth and a half of the profit for each unit.
      share: 15n * 10n ** 14n,
      profits: [1_001n, 1_001n, 1_000n],
      claims: 1,
    };
    const delivery = (cycle: number, number: number, inTime = true): Delivery => {
      return { cycle, courier: `C-000${number}`, at: 0, inTime };
    };
    const twice = (each: Delivery): readonly Delivery[] => [each, each];
    const deliveries = [
      // Cycle 0: the first meets the target, the second would with one that was late.
      ...twice(delivery(0, 1)),
      delivery(0, 2),
      delivery(0, 2, false),
      // Cycle 1: both meet it. Cycle 2: the second alone.
      ...twice(delivery(1, 1)),
      ...twice(delivery(1, 2)),
      ...twice(delivery(2, 2)),
    ];

    it("grants, reclaims and divides profit as computed by hand", () => {
      const { cycles, couriers } = expectPool(plan, deliveries);
      expect(cycles).to.deep.equal([
        // 1.5015 for each unit: 1, and 0.5015 carried.
        { met: 1, metWithLate: 2, granted: 5n, reclaimed: 0n, deposit: 5n },
        // 1.5015 and 0.5015: 2, and 0.003 carried; 15 units are out.
        { met: 2, metWithLate: 2, granted: 10n, reclaimed: 0n, deposit: 30n },
        // 1.5 and 0.003: 1; the first has lost 10 units, the second has 10.
        { met: 1, metWithLate: 1, granted: 5n, reclaimed: 10n, deposit: 10n },
      ]);
      expect([...couriers]).to.deep.equal([
        ["C-0001", { units: 0n, owed: 0n, paid: 25n }],
        ["C-0002", { units: 10n, owed: 20n, paid: 0n }],
      ]);
    });

    it("deposits nothing while no unit is out", () => {
      const { cycles } = expectPool(plan, []);
      expect(cycles.map(({ deposit }) => deposit)).to.deep.equal([0n, 0n, 0n]);
    });
  });

  describe("checkFigures", () => {
    const figure = (changes: Partial<BookedFigure> = {}): BookedFigure => {
      return { what: "C-0001, units", of: "units", actual: 1_000n, expected: 1_000n, ...changes };
    };

    it("finds nothing where all are right", () => {
      expect(checkFigures([figure(), figure({ of: "coins" })])).to.deep.equal([]);
    });

    it("names each that is wrong, by units or by coins", () => {
      const wrong = [figure({ actual: 1_010n }), figure(), figure({ of: "coins", actual: coins("2"), expected: 1n })];
      expect(checkFigures(wrong)).to.deep.equal([
        "C-0001, units: 1,010 where 1,000 is expected.",
        "C-0001, units: 2.00 where 0.000000000000000001 is expected.",
      ]);
      expect(formatFigures("books", wrong).match(/differs/g)).to.have.length(2);
    });

    it("counts those beyond the first five", () => {
      const faults = checkFigures(Array.from({ length: 12 }, () => figure({ actual: 0n })));
      expect(faults).to.have.length(6);
      expect(faults[5]).to.equal("7 more figures are wrong.");
    });
  });

  describe("planCycles", () => {
    for (const [what, set, interval] of [
      ["on a clock that is set", true, 1],
      ["on blocks of a second", false, 1],
      ["on blocks of twelve seconds", false, 12],
    ] as const) {
      it(`puts the moments of the cycles one after the other ${what}`, () => {
        const cycles = planCycles({ now: 1_000, set, interval });
        expect(cycles.start).to.be.greaterThan(1_000);
        expect(cycles.cycleLength).to.be.at.least(60);
        const moments = momentsOf(cycles).map(({ at }) => at);
        expect(moments).to.have.length(9);
        expect(moments).to.deep.equal([...new Set(moments)].toSorted((a, b) => a - b));
      });
    }

    it("plays three cycles within four and a half minutes on blocks of a second", () => {
      const cycles = planCycles({ now: 1_000, set: false, interval: 1 });
      expect((momentsOf(cycles).at(-1)?.at ?? Infinity) - 1_000).to.be.at.most(270);
    });
  });

  describe("formatCycleGas", () => {
    it("adds up what each cycle of one story cost", () => {
      const step = (story: string, name: string, gas: bigint) => ({ story, actor: "anyone", step: name, gas });
      const steps = [
        step("pool", "publishes the roster of cycle 0", 10n),
        step("pool", "corrects the roster of cycle 0 in the dispute window", 20n),
        step("pool", "settles cycle 0 for all couriers", 300n),
        step("pool", "reports the profit of cycle 0", 70n),
        step("pool", "settles cycle 1 for all couriers", 5n),
        step("other", "settles cycle 0 for all couriers", 9_000n),
      ];
      const lines = formatCycleGas(steps, { story: "pool", cycles: 2, users: 4 }).split("\n");
      expect(lines.map((line) => line.split(/ {2,}/))).to.deep.equal([
        ["gas for 4 couriers", "roster", "settling", "report", "total", "a courier"],
        ["cycle 0", "30", "300", "70", "400", "100"],
        ["cycle 1", "0", "5", "0", "5", "1"],
      ]);
    });
  });
});
