import { readFileSync } from "node:fs";

import { expect } from "chai";

import {
  committeeIdOf,
  type CommitteeError,
  defaultThreshold,
  groupKeyConfirmationTypedData,
  hashTyped,
  memberApprovalTypedData,
  retirementTypedData,
  rotationTypedData,
  thresholdWarning,
} from "../../sdk/src/index.js";

type Value = {
  readonly committeeId: string;
  readonly epoch: number;
  readonly currentEpoch: number;
  readonly groupKeyX: string;
  readonly groupKeyY: string;
  readonly member: string;
  readonly digest: string;
  readonly members: readonly string[];
  readonly threshold: number;
  readonly graceUntil: number;
  readonly creator: string;
  readonly salt: string;
};
type Vector = { readonly value: Value; readonly structHash: string; readonly digest: string };
type Type = "Committee" | "GroupKeyConfirmation" | "MemberApproval" | "Retirement" | "Rotation";
type Vectors = Readonly<Record<Type, Vector>> & {
  readonly domain: { readonly chainId: number; readonly verifyingContract: string };
};

const vectors = JSON.parse(readFileSync(new URL("../../vectors/committee.json", import.meta.url), "utf8")) as Vectors;
const place = { chainId: BigInt(vectors.domain.chainId), registry: vectors.domain.verifyingContract };
const keyOf = ({ groupKeyX, groupKeyY }: Value): { x: bigint; y: bigint } => ({
  x: BigInt(groupKeyX),
  y: BigInt(groupKeyY),
});

describe("the SDK's documents of committees", () => {
  describe("given the golden vectors", () => {
    it("gives a committee its id", () => {
      const { value, structHash } = vectors.Committee;
      expect(committeeIdOf(value)).to.equal(structHash);
    });

    it("hashes a group key's confirmation as the contract does", () => {
      const { value, digest } = vectors.GroupKeyConfirmation;
      expect(hashTyped(groupKeyConfirmationTypedData(place, { ...value, groupKey: keyOf(value) }))).to.equal(digest);
    });

    it("hashes a member's approval as the contract does", () => {
      const { value, digest } = vectors.MemberApproval;
      expect(hashTyped(memberApprovalTypedData(place, value))).to.equal(digest);
    });

    it("hashes a retirement as the contract does", () => {
      const { value, digest } = vectors.Retirement;
      expect(hashTyped(retirementTypedData(place, value))).to.equal(digest);
    });

    it("hashes a rotation as the contract does", () => {
      const { value, digest } = vectors.Rotation;
      const config = { members: value.members, threshold: value.threshold, groupKey: keyOf(value) };
      expect(hashTyped(rotationTypedData(place, { ...value, config }))).to.equal(digest);
    });
  });

  describe("defaultThreshold", () => {
    it("makes any two quorums meet in an honest member, with no smaller number that does", () => {
      for (let n = 1; n <= 255; n++) {
        const f = Math.floor((n - 1) / 3);
        const q = defaultThreshold(n);
        expect(2 * q - n, `${n} members`).to.be.greaterThan(f);
        expect(2 * (q - 1) - n, `${n} members`).to.be.at.most(f);
        expect(q).to.be.at.most(n);
        // The honest members alone suffice.
        expect(q).to.be.at.most(n - f);
      }
    });

    for (const count of [0, 256, 1.5, Number.NaN]) {
      it(`refuses ${count} members`, () => {
        expect(() => defaultThreshold(count))
          .to.throw()
          .with.property("code", "COMMITTEE_MEMBER_COUNT" satisfies CommitteeError["code"]);
      });
    }
  });

  describe("thresholdWarning", () => {
    it("warns below the default and says which it is", () => {
      expect(thresholdWarning({ memberCount: 6, threshold: 3 })).to.include({
        code: "COMMITTEE_THRESHOLD_BELOW_DEFAULT",
        memberCount: 6,
        threshold: 3,
        defaultThreshold: 4,
      });
    });

    it("says nothing at the default and above", () => {
      expect(thresholdWarning({ memberCount: 6, threshold: 4 })).to.equal(undefined);
      expect(thresholdWarning({ memberCount: 6, threshold: 6 })).to.equal(undefined);
    });
  });
});
