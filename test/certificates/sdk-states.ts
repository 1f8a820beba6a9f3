import { expect } from "chai";
import { id } from "ethers";

import { CENTRE_FREEZE } from "../../sdk/src/certificates/state/centreFreeze.js";
import { wordToState } from "../../sdk/src/certificates/state/wordToState.js";
import { replayHistory } from "../../sdk/src/certificates/history/replayHistory.js";
import { stateFault } from "../../sdk/src/certificates/verify/stateFault.js";
import {
  type CertificateHistory,
  type CertificateState,
  moveTarget,
  type Operation,
  type Requester,
  verdictAt,
  verdictOf,
} from "../../sdk/src/index.js";

const zero = `0x${"00".repeat(32)}`;
const certificateId = id("a certificate");

type Step = readonly [operation: Operation, requester: Requester, timestamp: number, to: number];

/** A history of these steps; what each record says besides is the same. */
function historyOf(steps: readonly Step[], retirements: CertificateHistory["retirements"] = []): CertificateHistory {
  const records = steps.map(([operation, requester, timestamp, to], i) => ({
    ...{ certificateId, operation, requester, timestamp, to, from: steps[i - 1]?.[3] ?? 0, reason: i },
    ...{ recordId: id(`record ${i}`), previousRecord: zero, requestHash: zero, blockNumber: i },
  }));
  return {
    ...{ certificateId, holder: `0x${"11".repeat(20)}`, centre: 3, applicationId: zero, contentHash: zero },
    ...{ subjectKeyHash: zero, notBefore: 1_000, notAfter: 9_000_000, head: zero, successors: [], retirements },
    records,
  };
}

describe("certificates SDK", () => {
  describe("verdictOf", () => {
    const issuing = { accountType: "ISSUING", notBefore: 1_000, notAfter: 2_000, freezeEnds: undefined } as const;
    const cases: readonly [string, Partial<CertificateState>, number, boolean, string][] = [
      ["of none", { accountType: "NONE" }, 1_500, true, "UNKNOWN"],
      ["of a revoked one that is over as well", { accountType: "REVOCATION" }, 2_001, true, "REVOKED"],
      ["of a superseded one that is over as well", { accountType: "RETIRED" }, 2_001, true, "SUPERSEDED"],
      ["of one in the account of those that are over", { accountType: "EXPIRY" }, 2_000, true, "EXPIRED"],
      ["a second after its last", {}, 2_001, true, "EXPIRED"],
      ["in its last second", {}, 2_000, false, "VALID"],
      ["in its first second", {}, 1_000, false, "VALID"],
      ["a second before its first", {}, 999, true, "NOT_YET_VALID"],
      ["of a frozen one before its first second", { accountType: "FREEZING" }, 999, true, "FROZEN"],
      ["of a frozen one that is over", { accountType: "FREEZING" }, 2_001, false, "EXPIRED"],
      ["in the last second of a freeze", { accountType: "FREEZING", freezeEnds: 1_500 }, 1_499, true, "FROZEN"],
      ["at the end of a freeze", { accountType: "FREEZING", freezeEnds: 1_500 }, 1_500, false, "VALID"],
      ["of a freeze that is undone", { freezeEnds: 1_500 }, 1_499, false, "VALID"],
      ["of a retired centre", {}, 1_500, true, "ISSUER_INACTIVE"],
    ];
    for (const [name, changes, at, centreRetired, expected] of cases) {
      it(`tells ${expected} ${name}`, () => {
        expect(verdictOf({ ...issuing, ...changes }, { at, centreRetired })).to.equal(expected);
      });
    }
  });

  // Each arrow is held against the ledger in certificateMatrix.ts; here the seconds at which they begin and end.
  describe("moveTarget", () => {
    const valid = { accountType: "ISSUING", notAfter: 9_000_000, frozenBy: "ANYONE", freezeEnds: undefined } as const;
    const at = (now: number, operation: Operation, requester: Requester, state = {}) =>
      moveTarget({ ...valid, ...state }, { operation, requester, now });

    it("lets a certificate move up to its last second, and expire from the next on", () => {
      const last = valid.notAfter;
      expect([last, last + 1].map((now) => at(now, "FREEZE", "HOLDER"))).to.deep.equal(["FREEZING", undefined]);
      expect([last, last + 1].map((now) => at(now, "EXPIRE", "ANYONE"))).to.deep.equal([undefined, "EXPIRY"]);
    });

    it("lets a centre freeze again a freeze's time after its last one, and others at once", () => {
      const ends = 1_000_000;
      const again = ends + CENTRE_FREEZE;
      const frozen = [again - 1, again].map((now) => at(now, "FREEZE", "CENTRE", { freezeEnds: ends }));
      expect(frozen).to.deep.equal([undefined, "FREEZING"]);
      expect(at(ends, "FREEZE", "COMMITTEE", { freezeEnds: ends })).to.equal("FREEZING");
    });

    it("lets anyone end a freeze from its end on", () => {
      const frozen = { accountType: "FREEZING", frozenBy: "CENTRE", freezeEnds: 1_000_000 } as const;
      const ended = [999_999, 1_000_000].map((now) => at(now, "UNFREEZE", "ANYONE", frozen));
      expect(ended).to.deep.equal([undefined, "ISSUING"]);
    });

    it("lets nobody without a name freeze, update or revoke", () => {
      for (const operation of ["FREEZE", "UPDATE", "REVOKE"] as const) {
        expect(at(1_000, operation, "ANYONE"), operation).to.equal(undefined);
        expect(at(1_000, operation, "HOLDER"), operation).not.to.equal(undefined);
      }
    });
  });

  describe("wordToState", () => {
    it("reads each field from its own bits", () => {
      // Each field is full but for its lowest bit, so that a bit of a neighbour would show.
      const fields: readonly (readonly [bits: bigint, value: bigint])[] = [
        [8n, 2n],
        [32n, 0xfffffffen],
        [32n, 0xfffffffdn],
        [40n, 0xfffffffffen],
        [40n, 0xfffffffffdn],
        [40n, 0xfffffffffbn],
        [40n, 0xfffffffff7n],
        [8n, 0xfen],
        [8n, 3n],
        [8n, 0xffn],
      ];
      let word = 0n;
      let shift = 0n;
      for (const [bits, value] of fields) {
        word |= value << shift;
        shift += bits;
      }
      expect(shift).to.equal(256n);
      expect(wordToState(certificateId, word, zero)).to.deep.equal({
        certificateId,
        account: 0xfffffffe02,
        centre: 0xfffffffe,
        accountType: "FREEZING",
        sequence: 0xfffffffd,
        notBefore: 0xfffffffffe,
        notAfter: 0xfffffffffd,
        movedAt: 0xfffffffffb,
        freezeEnds: 0xfffffffff7,
        reason: 0xfe,
        frozenBy: "COMMITTEE",
        head: zero,
      });
      expect(wordToState(certificateId, 0n, zero)).to.equal(undefined);
    });
  });

  describe("replayHistory", () => {
    const issue: Step = ["ISSUE", "COMMITTEE", 2_000, 3 * 256 + 1];
    const frozen = (requester: Requester): Step => ["FREEZE", requester, 3_000, 3 * 256 + 2];
    const stateAfter = (...steps: readonly Step[]) => replayHistory(historyOf([issue, ...steps]), 5_000);
    const ends = 3_000 + CENTRE_FREEZE;

    it("knows the records of a second from that second on, and nothing before the first", () => {
      const history = historyOf([issue, frozen("HOLDER")]);
      expect(replayHistory(history, 1_999)).to.equal(undefined);
      expect(replayHistory(history, 2_999)).to.deep.include({ accountType: "ISSUING", sequence: 1, reason: 0 });
      expect(replayHistory(history, 3_000)).to.deep.equal({
        ...{ certificateId, account: 3 * 256 + 2, centre: 3, accountType: "FREEZING", sequence: 2 },
        ...{ notBefore: 1_000, notAfter: 9_000_000, movedAt: 3_000, freezeEnds: undefined },
        ...{ reason: 1, frozenBy: "HOLDER", head: id("record 1") },
      });
    });

    it("lets a centre's freeze end by itself, and no other", () => {
      expect(stateAfter(frozen("CENTRE"))).to.deep.include({ freezeEnds: ends, frozenBy: "CENTRE" });
      for (const requester of ["HOLDER", "COMMITTEE"] as const) {
        expect(stateAfter(frozen(requester))).to.deep.include({ freezeEnds: undefined, frozenBy: requester });
      }
      const confirmed: Step = ["CONFIRM_FREEZE", "COMMITTEE", 3_100, 3 * 256 + 2];
      expect(stateAfter(frozen("CENTRE"), confirmed)).to.deep.include({
        freezeEnds: undefined,
        frozenBy: "COMMITTEE",
      });
    });

    it("keeps the end of a centre's freeze past its undoing, and past no other step", () => {
      const undone: Step = ["UNFREEZE", "CENTRE", 3_100, 3 * 256 + 1];
      expect(stateAfter(frozen("CENTRE"), undone)).to.deep.include({ freezeEnds: ends, frozenBy: "ANYONE" });
      const again: Step = ["FREEZE", "HOLDER", 3_200, 3 * 256 + 2];
      expect(stateAfter(frozen("CENTRE"), undone, again)).to.deep.include({ freezeEnds: undefined });
      for (const [operation, to] of [
        ["REHOME", 4 * 256 + 1],
        ["REVOKE", 3 * 256 + 3],
      ] as const) {
        const state = stateAfter(frozen("CENTRE"), undone, [operation, "COMMITTEE", 3_200, to]);
        expect(state).to.deep.include({ freezeEnds: undefined, frozenBy: "ANYONE", account: to });
      }
    });

    it("takes an account of no known type for none", () => {
      expect(replayHistory(historyOf([["ISSUE", "COMMITTEE", 2_000, 3 * 256 + 99]]), 2_000)).to.deep.include({
        ...{ accountType: "NONE", centre: 3 },
      });
    });

    it("tells by it that the centre was retired, from that second on, where it is the centre of then", () => {
      const rehomed: Step = ["REHOME", "COMMITTEE", 4_000, 4 * 256 + 1];
      const retirements = [
        { centre: 9, from: 1_000 },
        { centre: 3, from: 3_000 },
      ];
      const history = historyOf([issue, rehomed], retirements);
      const verdicts = [1_999, 2_000, 2_999, 3_000, 3_999, 4_000].map((at) => verdictAt(history, at));
      expect(verdicts).to.deep.equal([...["UNKNOWN", "VALID", "VALID", "ISSUER_INACTIVE", "ISSUER_INACTIVE", "VALID"]]);
    });
  });

  describe("stateFault", () => {
    it("gives the verdict as its code, with what it hangs on", () => {
      const state = replayHistory(historyOf([["REVOKE", "HOLDER", 2_000, 3 * 256 + 3]]), 2_000);
      expect(stateFault("REVOKED", state, 2_500)).to.deep.include({
        code: "STATE_REVOKED",
        args: { reason: 0, since: 2_000, at: 2_500, centre: 3 },
      });
      expect(stateFault("UNKNOWN", undefined, 2_500)).to.deep.include({
        code: "STATE_UNKNOWN",
        args: { reason: 0, since: 0, at: 2_500, centre: 0 },
      });
    });
  });
});
