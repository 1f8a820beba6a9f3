import { expect } from "chai";
import { hexlify, randomBytes } from "ethers";
import fc from "fast-check";

import { suite } from "../../sdk/src/frost/internal/suite.js";
import {
  aggregateFrostSignature,
  commitFrostNonce,
  createFrostSignatureShare,
  createMemoryNonceStore,
  type FrostCommitment,
  FrostError,
  FrostShare,
  type FrostSigningResult,
  verifyFrostSignature,
} from "../../sdk/src/frost/index.js";
import { toFrostGroup } from "../../sdk/src/frost/internal/toFrostGroup.js";
import { type Deviation, resign } from "../helpers/frostAdversary.js";
import {
  attemptSigning,
  generateShares,
  impatient,
  makeParties,
  outcomeOf,
  type Party,
  random32,
  sign,
  valueOf,
} from "../helpers/frostParties.js";

/** Shares of a group that one hand dealt: cheap, for properties that do not depend on how the key was made. */
function dealShares(threshold: number, n: number): readonly FrostShare[] {
  const members = Array.from({ length: n }, (_, index) => `member-${index + 1}`);
  const deal = suite.trustedDealer({ min: threshold, max: n });
  const group = toFrostGroup(deal.public, members);
  return members.map((member, index) => {
    const secret = deal.secretShares[suite.Identifier.fromNumber(index + 1)]!;
    return new FrostShare(member, group, secret.signingShare);
  });
}

/** Both rounds by the given signers, without a coordinator. */
async function signWith(signers: readonly FrostShare[], digest: string): Promise<string> {
  const store = createMemoryNonceStore();
  const nonces = await Promise.all(signers.map((share) => commitFrostNonce({ share, store })));
  const commitments = nonces.map(({ commitment }) => commitment);
  const signatureShares = new Map<string, string>();
  for (const [index, share] of signers.entries()) {
    const nonce = nonces[index]!;
    signatureShares.set(share.member, await createFrostSignatureShare({ share, nonce, commitments, digest, store }));
  }
  return aggregateFrostSignature({ group: signers[0]!.group, commitments, digest, signatureShares });
}

function codeOf(error: unknown): string {
  return error instanceof FrostError ? (error as FrostError).code : String(error);
}

async function failureOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(() => "fine", codeOf);
}

const quorum = fc
  .integer({ min: 2, max: 16 })
  .chain((n) => fc.record({ n: fc.constant(n), threshold: fc.integer({ min: 2, max: n }) }))
  .chain(({ n, threshold }) =>
    fc.record({
      n: fc.constant(n),
      threshold: fc.constant(threshold),
      chosen: fc.shuffledSubarray([...Array(n).keys()], { minLength: threshold, maxLength: n }),
    }),
  );

describe("FROST signing", () => {
  describe("given any group of up to 16", () => {
    it("has any quorum sign, in any order, and a wrong message refused", async () => {
      await fc.assert(
        fc.asyncProperty(quorum, async ({ n, threshold, chosen }) => {
          const shares = dealShares(threshold, n);
          const { groupKey } = shares[0]!.group;
          const digest = random32();
          const signature = await signWith(
            chosen.map((index) => shares[index]!),
            digest,
          );
          expect(verifyFrostSignature({ groupKey, digest, signature })).to.equal(true);
          expect(verifyFrostSignature({ groupKey, digest: random32(), signature })).to.equal(false);
        }),
        { numRuns: 25 },
      );
    }).timeout(60_000);

    it("has no fewer than the threshold sign", async () => {
      await fc.assert(
        fc.asyncProperty(quorum, async ({ n, threshold, chosen }) => {
          const shares = dealShares(threshold, n);
          const few = chosen.slice(0, threshold - 1).map((index) => shares[index]!);
          expect(await failureOf(signWith(few, random32()))).to.equal("FROST_NO_QUORUM");
          // Not by the library's refusal alone: what they hold interpolates to another key.
          const lie = { ...shares[0]!.group, threshold: Math.max(2, threshold - 1) };
          if (few.length < 2) return;
          const lying = few.map((share) => share.use((secret) => suiteShare(share, lie, secret.signingShare)));
          expect(await failureOf(signWith(lying, random32()))).to.not.equal("fine");
        }),
        { numRuns: 10 },
      );
    }).timeout(60_000);

    for (const [threshold, n] of [
      [3, 5],
      [11, 16],
    ] as const) {
      it(`signs with the last ${threshold} of ${n}, and not with one fewer`, async () => {
        const shares = dealShares(threshold, n);
        const digest = random32();
        const last = shares.slice(n - threshold);
        const signature = await signWith(last, digest);
        expect(verifyFrostSignature({ groupKey: shares[0]!.group.groupKey, digest, signature })).to.equal(true);
        expect(await failureOf(signWith(last.slice(1), digest))).to.equal("FROST_NO_QUORUM");
      }).timeout(60_000);
    }
  });

  describe("when a coordinator collects the signature", () => {
    let parties: readonly Party[];
    let shares: readonly FrostShare[];
    before(async () => {
      parties = makeParties(5);
      shares = await generateShares(parties, 3);
    });
    /** Keeps members out of the first attempt, so that the test decides who signs in it. */
    const late: Deviation = (envelope) => (envelope.round === "commitment 1" ? undefined : envelope);
    const isValid = ({ signature }: FrostSigningResult, digest: string): boolean =>
      verifyFrostSignature({ groupKey: shares[0]!.group.groupKey, digest, signature });

    it("gives every member the signature", async () => {
      const digest = random32();
      const { result, answers } = await attemptSigning({ parties, shares, digest });
      const { signature } = valueOf(result);
      expect(answers.map(valueOf)).to.deep.equal(Array(5).fill(signature));
    });

    it("names a signer whose share is wrong, and signs with another quorum", async () => {
      const digest = random32();
      const guilty = parties[0]!;
      const { result, answers } = await attemptSigning({
        parties,
        shares,
        digest,
        deviations: {
          "member-4": late,
          "member-5": late,
          [guilty.member.id]: (envelope) =>
            envelope.round.startsWith("signature share")
              ? resign(guilty.identity, envelope, {
                  body: JSON.stringify({ signatureShare: random32().replace(/^0x../u, "0x00") }),
                })
              : envelope,
        },
      });
      const signed = valueOf(result);
      expect(isValid(signed, digest)).to.equal(true);
      expect(signed.faults).to.deep.equal([
        { member: guilty.member.id, fault: "FROST_BAD_SIGNATURE_SHARE", attempt: 1 },
      ]);
      expect(signed.signers).to.not.include(guilty.member.id);
      expect(answers.map(outcomeOf)).to.deep.equal(Array(5).fill("fine"));
    });

    it("names each of several at once", async () => {
      const digest = random32();
      const deviations = Object.fromEntries(
        parties
          .slice(0, 2)
          .map(({ identity, member }) => [
            member.id,
            (envelope: Parameters<typeof resign>[1]) =>
              envelope.round.startsWith("signature share")
                ? resign(identity, envelope, { body: JSON.stringify({ signatureShare: `0x${"ff".repeat(32)}` }) })
                : envelope,
          ]),
      );
      const signed = await sign({
        parties,
        shares,
        digest,
        deviations: { ...deviations, "member-4": late, "member-5": late },
      });
      expect(isValid(signed, digest)).to.equal(true);
      const named = signed.faults.map(({ member, fault }) => `${member} ${fault}`).sort();
      expect(named).to.deep.equal(["member-1 FROST_BAD_SIGNATURE_SHARE", "member-2 FROST_BAD_SIGNATURE_SHARE"]);
    });

    for (const [what, body] of [
      ["no JSON", "{"],
      ["null", "null"],
      ["no commitment", "{}"],
      [
        "a point off the curve",
        JSON.stringify({ hiding: `0x02${"ff".repeat(32)}`, binding: `0x02${"ff".repeat(32)}` }),
      ],
    ] as const) {
      it(`leaves out a signer whose commitment is ${what}`, async () => {
        const digest = random32();
        const guilty = parties[1]!;
        const signed = await sign({
          parties,
          shares,
          digest,
          deviations: {
            [guilty.member.id]: (envelope) =>
              envelope.round.startsWith("commitment") ? resign(guilty.identity, envelope, { body }) : envelope,
          },
        });
        expect(isValid(signed, digest)).to.equal(true);
        expect(signed.signers).to.not.include(guilty.member.id);
      });
    }

    it("goes on without members that are silent", async () => {
      const digest = random32();
      const signed = await sign({ parties, shares: shares.slice(2), digest });
      expect(isValid(signed, digest)).to.equal(true);
      expect(signed.faults).to.deep.equal([]);
    });

    it("goes on where a signer falls silent after its commitment", async () => {
      const digest = random32();
      const signed = await sign({
        parties,
        shares,
        digest,
        patience: impatient,
        deviations: {
          "member-4": late,
          "member-5": late,
          "member-2": (envelope) => (envelope.round.startsWith("signature share") ? undefined : envelope),
        },
      });
      expect(isValid(signed, digest)).to.equal(true);
      expect(signed.faults).to.deep.equal([{ member: "member-2", fault: "FROST_MISSING_MESSAGE", attempt: 1 }]);
      expect(signed.signers).to.not.include("member-2");
    });

    it("gives up where too few are left, naming who was at fault, and tells the signers", async () => {
      const digest = random32();
      const { result, answers } = await attemptSigning({
        parties,
        shares: shares.slice(0, 2),
        digest,
        patience: impatient,
      });
      expect(outcomeOf(result)).to.equal("FROST_NO_QUORUM: member-3, member-4, member-5");
      for (const answer of answers) {
        expect(outcomeOf(answer)).to.equal("coordinator reports FROST_NO_QUORUM: member-3, member-4, member-5");
      }
    });

    it("has no member sign another digest than its own", async () => {
      const digest = random32();
      const other = random32();
      const { result, answers } = await attemptSigning({
        parties,
        shares,
        digest,
        digestOf: (member) => (member === "member-1" ? other : digest),
      });
      expect(isValid(valueOf(result), digest)).to.equal(true);
      expect(outcomeOf(answers[0]!)).to.equal("FROST_OTHER_PARAMETERS: coordinator");
    });

    it("has members refuse a coordinator that hands out a signature that is none", async () => {
      const digest = random32();
      const other = await sign({ parties, shares, digest: random32() });
      const { answers } = await attemptSigning({
        parties,
        shares,
        digest,
        deviations: {
          coordinator: (envelope) =>
            envelope.round === "result" ? { ...envelope, body: JSON.stringify(other) } : envelope,
        },
        signerPatience: impatient,
      });
      // The body is not signed by the coordinator any more, so nobody takes it.
      expect(answers.map(outcomeOf)).to.deep.equal(Array(5).fill("FROST_MISSING_MESSAGE: coordinator"));
    });

    it("refuses a digest that is not 32 bytes", async () => {
      const { result } = await attemptSigning({ parties, shares, digest: "0x1234" });
      expect(outcomeOf(result)).to.equal("FROST_LENGTH");
    });
  });

  describe("when shares are added up", () => {
    const shares = dealShares(2, 3);
    const digest = random32();

    it("refuses commitments of a stranger, of one member twice, and off the curve, each by name", async () => {
      const store = createMemoryNonceStore();
      const [first, second] = [
        await commitFrostNonce({ share: shares[0]!, store }),
        await commitFrostNonce({ share: shares[1]!, store }),
      ];
      const aggregate = (commitments: readonly (typeof first.commitment)[]): string => {
        try {
          return aggregateFrostSignature({ group: shares[0]!.group, commitments, digest, signatureShares: new Map() });
        } catch (error) {
          return codeOf(error);
        }
      };
      const { commitment } = first;
      expect(aggregate([commitment, { ...second.commitment, member: "stranger" }])).to.equal("FROST_UNKNOWN_MEMBER");
      expect(aggregate([commitment, commitment])).to.equal("FROST_DUPLICATE_MEMBER");
      const offCurve = { ...second.commitment, hiding: `0x02${"ff".repeat(32)}` };
      const signatureShares = new Map([commitment, offCurve].map(({ member }) => [member, random32()]));
      const add = (list: readonly FrostCommitment[]): string =>
        aggregateFrostSignature({ group: shares[0]!.group, commitments: list, digest, signatureShares });
      expect(() => add([commitment, offCurve]))
        .to.throw(FrostError)
        .with.deep.property("args", { document: "commitment of member-2", reason: "a point is off the curve" });
      expect(aggregate([commitment, { ...second.commitment, binding: "0x12" }])).to.equal("FROST_FORMAT");
      expect(aggregate([commitment])).to.equal("FROST_NO_QUORUM");
      expect(aggregate([commitment, second.commitment])).to.equal("FROST_MISSING_MESSAGE");
    });

    it("names whose signature share is no number of the field", async () => {
      const store = createMemoryNonceStore();
      const pair = [shares[0]!, shares[1]!];
      const nonces = await Promise.all(pair.map((share) => commitFrostNonce({ share, store })));
      const commitments = nonces.map(({ commitment }) => commitment);
      const good = await createFrostSignatureShare({ share: pair[0]!, nonce: nonces[0]!, commitments, digest, store });
      for (const bad of [`0x${"ff".repeat(32)}`, "0x12", "nothing", hexlify(randomBytes(31))]) {
        const signatureShares = new Map([
          ["member-1", good],
          ["member-2", bad],
        ]);
        expect(() => aggregateFrostSignature({ group: pair[0]!.group, commitments, digest, signatureShares }))
          .to.throw(FrostError)
          .with.nested.property("args.members")
          .that.deep.equals(["member-2"]);
      }
    });
  });
});

/** The same secret under a group that claims another threshold. */
function suiteShare(share: FrostShare, group: FrostShare["group"], secret: Uint8Array): FrostShare {
  const honest = new FrostShare(share.member, share.group, secret);
  return Object.assign(honest, { group });
}
