import { readFileSync } from "node:fs";
import { inspect } from "node:util";

import { expect } from "chai";
import { concat, getBytes, hexlify, toBeHex } from "ethers";
import fc from "fast-check";

import { suite } from "../../sdk/src/frost/internal/suite.js";
import { toFrostGroup } from "../../sdk/src/frost/internal/toFrostGroup.js";
import {
  createMemoryNonceStore,
  commitFrostNonce,
  fromFrostApproval,
  fromGroupKeyPoint,
  type FrostError,
  FrostShare,
  isUsableGroupKey,
  parseFrostGroup,
  parseFrostShare,
  serializeFrostShare,
  toFrostApproval,
  toGroupKeyPoint,
  verifyFrostSignature,
} from "../../sdk/src/frost/index.js";

const ORDER = suite.utils.Fn.ORDER;

function codeOf(run: () => unknown): string {
  try {
    run();
    return "fine";
  } catch (error) {
    return (error as FrostError).code;
  }
}

function makeShare(): { readonly share: FrostShare; readonly secret: string } {
  const deal = suite.trustedDealer({ min: 2, max: 3 });
  const { signingShare } = deal.secretShares[suite.Identifier.fromNumber(1)]!;
  const share = new FrostShare("a", toFrostGroup(deal.public, ["a", "b", "c"]), signingShare);
  return { share, secret: hexlify(signingShare) };
}

describe("FROST formats", () => {
  describe("given a share", () => {
    it("reads back what was written", () => {
      const { share, secret } = makeShare();
      const copy = parseFrostShare(serializeFrostShare(share));
      expect(copy.member).to.equal(share.member);
      expect(copy.group).to.deep.equal(share.group);
      expect(copy.use(({ signingShare }) => hexlify(signingShare))).to.equal(secret);
    });

    it("shows its secret to nobody who prints, spreads or serialises it", () => {
      const { share, secret } = makeShare();
      const bare = secret.slice(2);
      const shown = [
        inspect(share, { depth: 10, showHidden: true }),
        JSON.stringify(share),
        JSON.stringify(Object.assign({}, share)),
        inspect(Object.entries(share)),
      ];
      for (const text of shown) expect(text).to.not.include(bare);
    });

    it("names no secret in the errors of reading", () => {
      const { share, secret } = makeShare();
      const json = serializeFrostShare(share);
      const damaged = [
        json.replace('"member":"a"', '"member":"b"'),
        json.replace(secret, `0x${"11".repeat(32)}`),
        json.replace('"version":1', '"version":2'),
        json.replace("guildhall-frost-share", "something"),
        json.slice(0, -1),
        "null",
        "[]",
      ];
      for (const text of damaged) {
        expect(() => parseFrostShare(text)).to.throw();
        try {
          parseFrostShare(text);
        } catch (error) {
          expect((error as FrostError).code).to.equal("FROST_FORMAT");
          expect(inspect(error, { depth: 10 })).to.not.include(secret.slice(2));
        }
      }
    });

    it("refuses a secret that is not the member's", () => {
      const { share } = makeShare();
      const other = getBytes(makeShare().secret);
      expect(codeOf(() => new FrostShare("a", share.group, other))).to.equal("FROST_SHARE_MISMATCH");
      expect(codeOf(() => new FrostShare("a", share.group, new Uint8Array(32)))).to.equal("FROST_SHARE_MISMATCH");
      expect(codeOf(() => new FrostShare("stranger", share.group, other))).to.equal("FROST_UNKNOWN_MEMBER");
    });

    it("lends its secret only while it is borrowed, and overwrites what it lent", () => {
      const { share, secret } = makeShare();
      const lent = share.use(({ signingShare }) => {
        expect(hexlify(signingShare)).to.equal(secret);
        return signingShare;
      });
      expect(hexlify(lent)).to.equal(`0x${"00".repeat(32)}`);
    });

    it("does nothing once it is destroyed", async () => {
      const { share } = makeShare();
      share.destroy();
      expect(share.isDestroyed).to.equal(true);
      expect(codeOf(() => serializeFrostShare(share))).to.equal("FROST_SHARE_DESTROYED");
      const store = createMemoryNonceStore();
      const error: unknown = await commitFrostNonce({ share, store }).catch((caught: unknown) => caught);
      expect((error as FrostError).code).to.equal("FROST_SHARE_DESTROYED");
    });
  });

  describe("given a group", () => {
    it("refuses what does not hang together", () => {
      const { group } = makeShare().share;
      const other = makeShare().share.group;
      for (const damaged of [
        null,
        "text",
        { ...group, version: 2 },
        { ...group, threshold: "2" },
        { ...group, members: ["a", 1] },
        { ...group, commitments: group.commitments.slice(1) },
        { ...group, groupKey: other.groupKey },
        { ...group, verifyingShares: other.verifyingShares },
        { ...group, verifyingShares: group.verifyingShares.toReversed() },
        { ...group, commitments: [group.groupKey, `0x02${"ff".repeat(32)}`] },
      ]) {
        expect(codeOf(() => parseFrostGroup(damaged))).to.equal("FROST_FORMAT");
      }
      expect(codeOf(() => parseFrostGroup({ ...group, threshold: 4 }))).to.equal("FROST_THRESHOLD");
      expect(codeOf(() => parseFrostGroup({ ...group, members: ["a", "a", "b"] }))).to.equal("FROST_DUPLICATE_MEMBER");
    });
  });

  describe("given a signature", () => {
    it("turns into an approval and back", () => {
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (message) => {
          const key = suite.utils.randomScalar();
          const signature = hexlify(suite.sign(message, key));
          const approval = toFrostApproval(signature);
          expect(getBytes(approval)).to.have.length(97);
          expect(fromFrostApproval(approval)).to.equal(signature);
        }),
        { numRuns: 50 },
      );
    });

    it("is refused with a reason where it is none", () => {
      const g = "0x0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
      expect(codeOf(() => toFrostApproval(g))).to.equal("FROST_LENGTH");
      expect(codeOf(() => toFrostApproval(concat([g, toBeHex(ORDER, 32)])))).to.equal("FROST_FORMAT");
      expect(codeOf(() => toFrostApproval(concat([`0x02${"ff".repeat(32)}`, toBeHex(1, 32)])))).to.equal(
        "FROST_FORMAT",
      );
      expect(codeOf(() => fromFrostApproval("0x02"))).to.equal("FROST_LENGTH");
      expect(codeOf(() => fromFrostApproval(concat(["0x01", toBeHex(0, 96)])))).to.equal("FROST_FORMAT");
      expect(codeOf(() => fromFrostApproval(concat(["0x02", toBeHex(0, 96)])))).to.equal("FROST_POINT");
    });

    it("verifies nothing under a key, digest or signature that is none", () => {
      const groupKey = makeShare().share.group.groupKey;
      const digest = `0x${"00".repeat(32)}`;
      for (const signature of ["0x", "nothing", `0x${"00".repeat(65)}`, `0x02${"ff".repeat(64)}`]) {
        expect(verifyFrostSignature({ groupKey, digest, signature })).to.equal(false);
      }
    });
  });

  describe("given a group key", () => {
    it("turns into a point and back", () => {
      for (let run = 0; run < 20; run++) {
        const { groupKey } = makeShare().share.group;
        expect(fromGroupKeyPoint(toGroupKeyPoint(groupKey))).to.equal(groupKey);
        expect(isUsableGroupKey(groupKey)).to.equal(true);
      }
    });

    it("is refused by name where its x is not below the group order", () => {
      // The first x from the order up that is on the curve.
      const key = Array.from({ length: 100 }, (_, step) => `0x02${toBeHex(ORDER + BigInt(step), 32).slice(2)}`).find(
        (candidate) => codeOf(() => isUsableGroupKey(candidate)) === "fine",
      )!;
      expect(isUsableGroupKey(key)).to.equal(false);
      expect(codeOf(() => toGroupKeyPoint(key))).to.equal("FROST_GROUP_KEY_RANGE");
    });

    it("is refused by name where it is no point", () => {
      expect(codeOf(() => toGroupKeyPoint(`0x02${"ff".repeat(32)}`))).to.equal("FROST_FORMAT");
      expect(codeOf(() => fromGroupKeyPoint({ x: 0n, y: 0n }))).to.equal("FROST_POINT");
    });
  });

  describe("given the vectors of RFC 9591", () => {
    type Round = { readonly identifier: number } & Readonly<Record<string, string>>;
    const vectors = JSON.parse(
      readFileSync(new URL("../../vectors/frost-rfc9591.json", import.meta.url), "utf8"),
    ) as Readonly<Record<string, string>> & {
      readonly participants: readonly number[];
      readonly participantShares: readonly { readonly identifier: number; readonly share: string }[];
      readonly roundOne: readonly Round[];
      readonly roundTwo: readonly Round[];
    };

    it("reproduces shares, commitments, signature shares and the signature", () => {
      const identifierOf = (n: number): string => suite.Identifier.fromNumber(n);
      const signers = { min: 2, max: 3 };
      const coefficients = vectors["sharePolynomialCoefficients"] as unknown as readonly string[];
      const { commitment } = suite.utils.generateSecretPolynomial(
        signers,
        getBytes(vectors["groupSecretKey"]!),
        coefficients.map((value) => BigInt(value)),
      );
      expect(hexlify(commitment[0]!)).to.equal(vectors["groupPublicKey"]);
      const verifyingShares = Object.fromEntries(
        vectors.participantShares.map(({ identifier, share }) => {
          const secret = { identifier: identifierOf(identifier), signingShare: getBytes(share) };
          suite.validateSecret(secret, { signers, commitments: commitment, verifyingShares: {} });
          const key = suite.utils.generateSecretPolynomial(signers, getBytes(share)).commitment[0]!;
          return [identifierOf(identifier), key];
        }),
      );
      const pub = { signers, commitments: commitment, verifyingShares };
      const message = getBytes(vectors["message"]!);
      const commitments = vectors.roundOne.map((round) => ({
        identifier: identifierOf(round.identifier),
        hiding: new Uint8Array(getBytes(round["hidingNonceCommitment"]!)),
        binding: new Uint8Array(getBytes(round["bindingNonceCommitment"]!)),
      }));
      const signatureShares: Record<string, Uint8Array> = {};
      for (const round of vectors.roundOne) {
        const identifier = identifierOf(round.identifier);
        const { share } = vectors.participantShares.find((each) => each.identifier === round.identifier)!;
        const randomness = [round["hidingNonceRandomness"]!, round["bindingNonceRandomness"]!].map((hex) =>
          getBytes(hex),
        );
        const secret = { identifier, signingShare: getBytes(share) };
        const { nonces, commitments: made } = suite.commit(secret, () => new Uint8Array(randomness.shift()!));
        expect(hexlify(nonces.hiding)).to.equal(round["hidingNonce"]);
        expect(hexlify(nonces.binding)).to.equal(round["bindingNonce"]);
        expect(hexlify(made.hiding)).to.equal(round["hidingNonceCommitment"]);
        expect(hexlify(made.binding)).to.equal(round["bindingNonceCommitment"]);
        signatureShares[identifier] = suite.signShare(secret, pub, nonces, commitments, message);
      }
      for (const round of vectors.roundTwo) {
        expect(hexlify(signatureShares[identifierOf(round.identifier)]!)).to.equal(round["signatureShare"]);
      }
      const signature = hexlify(suite.aggregate(pub, commitments, message, signatureShares));
      expect(signature).to.equal(vectors["signature"]);
      const groupKey = vectors["groupPublicKey"]!;
      expect(verifyFrostSignature({ groupKey, digest: vectors["message"]!, signature })).to.equal(true);
    });
  });
});
