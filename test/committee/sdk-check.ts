import { expect } from "chai";
import { concat, id, toBeHex } from "ethers";

import {
  checkApproval,
  type CheckApprovalParameters,
  decodeApproval,
  encodeApproval,
  type Epoch,
  type FrostShare,
  toFrostApproval,
  toGroupKeyPoint,
} from "../../sdk/src/index.js";
import { memberKeys } from "../helpers/committee.js";
import { generateShares, makeParties, type Party, sign } from "../helpers/frostParties.js";

const DIGEST = id("what is approved");
const KEY_SIGNATURE = `0x${"12".repeat(64)}`;

/** The head of an approval by members, from its two bitmaps. */
const headOf = (signers: bigint, wallets: bigint): string =>
  concat(["0x01", toBeHex(signers, 32), toBeHex(wallets, 32)]);

describe("checkApproval", () => {
  const keys = memberKeys(3);
  const epoch: Epoch = {
    committeeId: id("committee"),
    number: 1,
    members: keys.map(({ address }) => address),
    threshold: 2,
    attributable: false,
    validFrom: 0,
    validUntil: undefined,
    groupKey: undefined,
    groupKeyConfirmed: false,
  };
  const refusalOf = async (changes: Partial<CheckApprovalParameters> & { readonly approval: string }) => {
    const place = { chainId: 31337n, registry: `0x${"c0".repeat(20)}` };
    const verdict = await checkApproval({ ...place, epoch, digest: DIGEST, now: 1, ...changes });
    return verdict.approved ? verdict : verdict.refusal;
  };

  describe("of a FROST signature", () => {
    let parties: readonly Party[];
    let shares: readonly FrostShare[];
    let approval: string;
    let keyed: Epoch;
    before(async () => {
      parties = makeParties(3);
      shares = await generateShares(parties, 2);
      approval = toFrostApproval((await sign({ parties, shares, digest: DIGEST })).signature);
      keyed = { ...epoch, groupKey: toGroupKeyPoint(shares[0]!.group.groupKey), groupKeyConfirmed: true };
    });

    it("counts it under the confirmed key alone", async () => {
      expect(await refusalOf({ epoch: keyed, approval })).to.deep.equal({
        approved: true,
        scheme: "frost",
        signers: undefined,
      });
      const unconfirmed = { error: "CommitteeGroupKeyUnconfirmed" };
      expect(await refusalOf({ epoch: { ...keyed, groupKeyConfirmed: false }, approval })).to.deep.equal(unconfirmed);
      expect(await refusalOf({ epoch: { ...keyed, groupKey: undefined }, approval })).to.deep.equal(unconfirmed);
    });

    it("refuses it for an attributable committee", async () => {
      const refusal = await refusalOf({ epoch: { ...keyed, attributable: true }, approval });
      expect(refusal).to.deep.equal({ error: "CommitteeAttributable" });
    });

    it("refuses it for another digest, and where R is no point", async () => {
      const wrong = { error: "CommitteeWrongGroupSignature" };
      expect(await refusalOf({ epoch: keyed, approval, digest: id("another digest") })).to.deep.equal(wrong);
      const noPoint = concat(["0x02", toBeHex(1n, 32), toBeHex(1n, 32), toBeHex(1n, 32)]);
      expect(await refusalOf({ epoch: keyed, approval: noPoint })).to.deep.equal(wrong);
    });
  });

  describe("of members", () => {
    it("refuses the first index that is no member's", async () => {
      const approval = concat([headOf(8n, 0n), KEY_SIGNATURE]);
      expect(await refusalOf({ approval })).to.deep.equal({ error: "CommitteeNotMember", memberCount: 3, index: 3 });
    });

    it("names the member whose signature is of something else", async () => {
      const [honest, wrong] = [DIGEST, id("something else")].map(
        (digest, index) => keys[index]!.signingKey.sign(digest).compactSerialized,
      );
      const approval = concat([headOf(3n, 0n), honest!, wrong!]);
      const member = keys[1]!.address;
      expect(await refusalOf({ approval })).to.deep.equal({ error: "CommitteeWrongSignature", member });
    });

    it("counts no wallet that it cannot ask", async () => {
      const signature = keys[0]!.signingKey.sign(DIGEST).compactSerialized;
      const approval = concat([headOf(3n, 2n), signature, "0x0000"]);
      expect(await refusalOf({ approval })).to.deep.equal({ error: "CommitteeTooFew", threshold: 2, approvals: 1 });
    });
  });

  describe("of a form that ends too early or late", () => {
    const cases: readonly [string, string, number, number][] = [
      ["no byte", "0x", 1, 0],
      ["a head that ends early", `0x01${"00".repeat(63)}`, 65, 64],
      ["no entry of a key", headOf(1n, 0n), 129, 65],
      ["no length of a wallet's entry", headOf(1n, 1n), 67, 65],
      ["half a length of a wallet's entry", concat([headOf(1n, 1n), "0x00"]), 67, 66],
      ["no second entry of a wallet", concat([headOf(3n, 3n), "0x0000"]), 69, 67],
      ["a byte more than a wallet's entry", concat([headOf(1n, 1n), "0x000000"]), 67, 68],
      ["a wallet that did not sign", concat([headOf(1n, 3n), "0x0000"]), 67, 67],
      ["a wallet that did not sign beside a key that did", concat([headOf(1n, 2n), KEY_SIGNATURE]), 129, 129],
    ];
    for (const [name, approval, expected, actual] of cases) {
      it(`refuses ${name}, and so does decodeApproval`, async () => {
        const error = "CommitteeMalformedApproval";
        expect(await refusalOf({ approval })).to.deep.equal({ error, expectedLength: expected, actualLength: actual });
        expect(() => decodeApproval(approval))
          .to.throw()
          .that.deep.includes({ code: "COMMITTEE_APPROVAL_MALFORMED", args: { expected, actual } });
      });
    }
  });
});

describe("decodeApproval", () => {
  for (const approval of ["0x0", `${headOf(0n, 0n)}0`, "0x01zz", "approval"]) {
    it(`refuses ${approval.slice(0, 8)} of ${approval.length} letters, which is not whole bytes`, () => {
      expect(() => decodeApproval(approval))
        .to.throw()
        .that.deep.includes({ code: "COMMITTEE_APPROVAL_MALFORMED", args: { expected: 1, actual: 0 } });
    });
  }
});

describe("encodeApproval", () => {
  const encode = (...entries: readonly (readonly [number, "key" | "wallet", string])[]): string =>
    encodeApproval({
      scheme: "members",
      entries: entries.map(([index, kind, signature]) => ({ index, kind, signature })),
    });
  const refusals: readonly [string, () => string, string, object][] = [
    [
      "an index that stands twice",
      () => encode([4, "key", KEY_SIGNATURE], [1, "wallet", "0x"], [4, "wallet", "0x"]),
      "COMMITTEE_SIGNED_TWICE",
      { index: 4 },
    ],
    [
      "a key's signature of 65 bytes",
      () => encode([2, "key", `${KEY_SIGNATURE}1b`]),
      "COMMITTEE_APPROVAL_MALFORMED",
      { expected: 64, actual: 65 },
    ],
    [
      "a wallet's signature of 65,536 bytes",
      () => encode([3, "wallet", `0x${"00".repeat(65_536)}`]),
      "COMMITTEE_SIGNATURE_TOO_LONG",
      { index: 3, max: 65_535, actual: 65_536 },
    ],
  ];
  for (const [name, encoding, code, args] of refusals) {
    it(`refuses ${name}`, () => {
      expect(encoding).to.throw().that.deep.includes({ name: "CommitteeError", code, args });
    });
  }

  it("writes entries in the order of their indices, whatever order they come in", () => {
    const longest = `0x${"00".repeat(65_535)}`;
    const approval = encode([200, "wallet", longest], [3, "key", KEY_SIGNATURE], [10, "wallet", "0x01"]);
    expect(approval).to.equal(
      concat([headOf((1n << 200n) | 8n | 1024n, (1n << 200n) | 1024n), KEY_SIGNATURE, "0x000101", "0xffff", longest]),
    );
  });
});
