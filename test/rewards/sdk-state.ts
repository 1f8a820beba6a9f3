import { expect } from "chai";
import fc from "fast-check";

import { cycleAt, cycleTimes, finalCycles, missingForPool, type Pool, profitDeposit } from "../../sdk/src/index.js";

const terms = { start: 1_000, cycleLength: 100, publishWindow: 20, disputeWindow: 10, actionWindow: 50 };
const ONE = 10n ** 18n;

function poolOf(change: Partial<Pool> = {}): Pool {
  return {
    ...{ poolId: "0x11", mode: "ROSTER", form: "ROOT", closed: false, totalUnits: 10n, availableUnits: 5n },
    ...{ outstandingUnits: 5n, grant: 1n, maxUnits: undefined, ...terms, endCycle: undefined, reportCount: 0 },
    ...{ userCount: 3, operator: "0xop", registrar: "0xre", profitToken: "0xto", share: ONE / 10n, carry: 0n },
    ...{ deposited: 0n, verifier: undefined, nextVerifier: undefined, nextVerifierFrom: undefined },
    ...{ verifierDelay: 0, indicator: undefined, threshold: 0n },
    ...change,
  };
}

describe("rewards SDK", () => {
  describe("times", () => {
    it("agree with each other for every cycle and pool", () => {
      const number = (max: number, min = 0) => fc.integer({ min, max });
      fc.assert(
        fc.property(
          fc.record({
            start: number(2 ** 31),
            cycleLength: number(10 ** 6, 60),
            publishWindow: number(10 ** 6, 1),
            disputeWindow: number(10 ** 6),
            actionWindow: number(10 ** 6, 1),
          }),
          number(10_000),
          (pool, cycle) => {
            const { start, end, finalFrom } = cycleTimes(pool, cycle);
            expect([start, end - 1, end].map((time) => cycleAt(pool, time))).to.deep.equal([cycle, cycle, cycle + 1]);
            expect([finalFrom - 1, finalFrom].map((time) => finalCycles(pool, time))).to.deep.equal([cycle, cycle + 1]);
          },
        ),
      );
    });

    it("know no cycle before the first", () => {
      expect(cycleAt(terms, 999)).to.equal(undefined);
      expect(finalCycles(terms, 0)).to.equal(0);
    });
  });

  describe("profitDeposit", () => {
    it("never loses a fraction of what units have earned, over any reports", () => {
      const report = fc.record({ profit: fc.bigInt(0n, 10n ** 24n), outstandingUnits: fc.bigInt(1n, 10n ** 6n) });
      fc.assert(
        fc.property(fc.array(report, { maxLength: 20 }), fc.bigInt(1n, 10n ** 12n), (reports, share) => {
          let [carry, earned, paid] = [0n, 0n, 0n];
          for (const { profit, outstandingUnits } of reports) {
            const result = profitDeposit({ share, carry, outstandingUnits }, profit);
            expect(result.deposit).to.equal(result.perUnit * outstandingUnits);
            earned += profit * share;
            paid += result.perUnit;
            ({ carry } = result);
            expect(paid * ONE + carry).to.equal(earned);
            expect(carry < ONE).to.equal(true);
          }
        }),
      );
    });

    it("keeps the carry where nobody holds a unit", () => {
      const pool = { share: ONE, carry: 5n, outstandingUnits: 0n };
      expect(profitDeposit(pool, 7n)).to.deep.equal({ perUnit: 0n, deposit: 0n, carry: 5n });
    });
  });

  describe("missingForPool", () => {
    const publish = { call: "publish", cycle: 0, source: "OPERATOR", published: false } as const;

    it("tells the publish and the dispute window", () => {
      const at = (now: number, published = false) => missingForPool(poolOf(), { ...publish, published }, now);
      expect(at(1_099)).to.deep.equal([{ kind: "time", from: 1_100, now: 1_099 }]);
      expect(at(1_100)).to.deep.equal([]);
      expect(at(1_119)).to.deep.equal([]);
      expect(at(1_120)).to.deep.equal([{ kind: "late", before: 1_120, now: 1_120 }]);
      expect(at(1_120, true)).to.deep.equal([]);
      expect(at(1_130, true)).to.deep.equal([{ kind: "late", before: 1_130, now: 1_130 }]);
    });

    it("tells a source that is not asked, an end and a closed pool", () => {
      const step = { ...publish, source: "VERIFIER" } as const;
      expect(missingForPool(poolOf(), step, 1_100)).to.deep.equal([{ kind: "source" }]);
      expect(missingForPool(poolOf({ mode: "BOTH" }), step, 1_100)).to.deep.equal([]);
      expect(missingForPool(poolOf({ endCycle: 0 }), publish, 1_100)).to.deep.equal([{ kind: "ended", endCycle: 0 }]);
      expect(missingForPool(poolOf({ closed: true }), publish, 1_100)).to.deep.equal([{ kind: "closed" }]);
    });

    it("tells what a report of profit lacks", () => {
      const report = { call: "reportProfit", cycle: 0, profit: 100n, funds: { balance: 50n, allowance: 50n } } as const;
      expect(missingForPool(poolOf(), report, 1_100)).to.deep.equal([]);
      const poor = { ...report, cycle: 1, funds: { balance: 49n, allowance: 0n } };
      expect(missingForPool(poolOf(), poor, 1_199)).to.deep.equal([
        { kind: "report", cycle: 0 },
        { kind: "time", from: 1_200, now: 1_199 },
        { kind: "balance", account: "0xop", short: 1n },
        { kind: "allowance", account: "0xop", short: 50n },
      ]);
      expect(missingForPool(poolOf({ reportCount: 1 }), report, 1_100)).to.deep.equal([{ kind: "done" }]);
    });

    it("tells when a proof acts and what closing lacks", () => {
      const proof = { call: "settleWithProof", cycle: 0 } as const;
      expect(missingForPool(poolOf(), proof, 1_130)).to.deep.equal([]);
      expect(missingForPool(poolOf(), proof, 1_180)).to.deep.equal([{ kind: "late", before: 1_180, now: 1_180 }]);
      expect(missingForPool(poolOf(), { call: "closePool" }, 1_180)).to.deep.equal([{ kind: "end" }]);
      expect(missingForPool(poolOf({ endCycle: 1 }), { call: "closePool" }, 1_179)).to.deep.equal([
        { kind: "time", from: 1_180, now: 1_179 },
        { kind: "report", cycle: 0 },
      ]);
      expect(missingForPool(poolOf({ endCycle: 1, reportCount: 1 }), { call: "closePool" }, 1_180)).to.deep.equal([]);
    });
  });
});
