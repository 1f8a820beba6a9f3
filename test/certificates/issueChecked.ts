import { expect } from "chai";
import { concat, dataSlice, getBytes, hexlify, id, toBeHex, ZeroHash } from "ethers";
import { network } from "hardhat";

import {
  AccountType,
  admit,
  type Application,
  applicationIdOf,
  applicationOf,
  approving,
  asCommittee,
  CENTRE,
  certificateIdOf,
  certified,
  count,
  deployWorldOn,
  FOREIGN_CENTRE,
  issueChecked,
  loadWorld,
  Operation,
  OTHER_CENTRE,
  P256_CENTRE,
  QUORUM,
  refused,
  rejecting,
  requestOf,
  resultApproval,
  retireCentre,
  unapproved,
  Verdict,
  verdictOf,
  type World,
} from "../helpers/certificates.js";
import {
  certify,
  HALF_ORDER,
  keyOfSignature,
  ORDER,
  p256Key,
  partsOf,
  SERIAL,
  sha256,
  signatureElement,
  signedAgain,
} from "../helpers/der.js";

type Certified = Awaited<ReturnType<typeof certified>>;

async function fixture(changes: Partial<Application> = {}, options: Parameters<typeof certified>[2] = {}) {
  const world = await loadWorld();
  return { world, ...(await withTake(world, await certified(world, changes, options))) };
}

async function withTake(world: World, { application, certificate }: Certified) {
  const certificateId = certificateIdOf(world.committeeId, certificate.contentHash);
  const take = async () => issueChecked(world, application, certificate);
  return Promise.resolve({ application, certificate, certificateId, take });
}

const wrongSignature = ({ certificate }: Pick<Certified, "certificate">) =>
  ["CertificateLedgerWrongIssuerSignature", [P256_CENTRE, certificate.tbsHash]] as const;

describe("CertificateLedger", () => {
  describe("issueChecked", () => {
    it("issues what the issuer signed and the committee approved", async () => {
      const { world, application, certificate, certificateId, take } = await fixture();
      await expect(take())
        .to.emit(world.ledger, "CertificateIssued")
        .withArgs(
          certificateId,
          world.holder.address,
          P256_CENTRE,
          applicationIdOf(application),
          certificate.contentHash,
          application.subjectKeyHash,
          application.notBefore,
          application.notAfter,
        )
        .and.to.emit(world.ledger, "IssuerSignatureChecked")
        .withArgs(certificateId, SERIAL);
      const state = await world.ledger.certificateOf(certificateId);
      expect([state.accountType, state.notBefore, state.notAfter]).to.deep.equal([
        AccountType.ISSUING,
        application.notBefore,
        application.notAfter,
      ]);
      const { contentHash } = certificate;
      expect(await verdictOf(world, { certificateId, contentHash })).to.equal(Verdict.VALID);
    });

    it("answers with the id of the signed bytes", async () => {
      const { world, application, certificate, certificateId } = await fixture();
      const { der, tbsHash, contentHash } = certificate;
      expect(sha256(der)).to.equal(contentHash);
      const approval = resultApproval(world, application, approving({ tbsHash }));
      const { x, y } = world.issuer;
      const none = { certificateId: ZeroHash, holder: `0x${"00".repeat(20)}` };
      const answer = await world.ledger.issueChecked.staticCall(application, der, { x, y }, 1, approval, none);
      expect(answer).to.equal(certificateId);
    });

    for (const nameLength of [1, 20, 100, 150, 700]) {
      it(`takes names of ${nameLength} letters`, async () => {
        const { take } = await fixture({}, { nameLength });
        await take();
      });
    }

    describe("given the committee's approval", () => {
      it("takes the group's signature", async () => {
        const { world, application, certificate } = await fixture();
        await issueChecked(world, application, certificate, { frost: true });
      });

      it("takes counted results of the to-be-signed bytes", async () => {
        const { world, application, certificate } = await fixture();
        await count(world, application, approving({ tbsHash: certificate.tbsHash }));
        await issueChecked(world, application, certificate, { approval: "0x" });
      });

      it("reverts for counted results of the signed bytes", async () => {
        const { world, application, certificate } = await fixture();
        await count(world, application, approving({ contentHash: certificate.tbsHash }));
        const attempt = issueChecked(world, application, certificate, { approval: "0x" });
        const args = [applicationIdOf(application), certificate.tbsHash, ZeroHash];
        await refused(world, attempt, "CertificateLedgerNotApproved", args);
      });

      it("reverts where results reject", async () => {
        const { world, application, certificate } = await fixture();
        await count(world, application, rejecting());
        const attempt = issueChecked(world, application, certificate, { approval: "0x" });
        await refused(world, attempt, "CertificateLedgerApplicationRejected", [applicationIdOf(application)]);
      });

      it("reverts below the quorum", async () => {
        const { world, application, certificate, take } = await fixture();
        const attempt = issueChecked(world, application, certificate, { signers: QUORUM.slice(1) });
        await unapproved(world, attempt, "CommitteeTooFew", [world.committeeId, 1, 5, 4], take);
      });

      it("reverts for the approval of another certificate", async () => {
        const { world, application, certificate } = await fixture();
        const approval = resultApproval(world, application, approving({ tbsHash: id("else") }));
        const attempt = issueChecked(world, application, certificate, { approval });
        const args = [world.committeeId, 1, world.keys[0]!.address];
        await unapproved(world, attempt, "CommitteeWrongSignature", args);
      });

      it("reverts for the approval of the signed bytes", async () => {
        const { world, application, certificate } = await fixture();
        const { contentHash } = certificate;
        const approval = resultApproval(world, application, approving({ contentHash }));
        const attempt = issueChecked(world, application, certificate, { approval });
        const args = [world.committeeId, 1, world.keys[0]!.address];
        await unapproved(world, attempt, "CommitteeWrongSignature", args);
      });
    });

    describe("given the same bytes, signed anew by the issuer", () => {
      it("reverts while the first certificate is live", async () => {
        const { world, application, certificate, certificateId, take } = await fixture();
        await take();
        const again = signedAgain(certificate, world.issuer);
        expect(again.tbsHash).to.equal(certificate.tbsHash);
        expect(again.contentHash).to.not.equal(certificate.contentHash);
        const previous = { certificateId, holder: application.applicant };
        const attempt = issueChecked(world, application, again, { previous });
        const args = [application.subjectKeyHash, certificateId];
        await refused(world, attempt, "CertificateLedgerSubjectKeyInUse", args);
      });

      it("reverts once the first is revoked: no approval serves twice", async () => {
        const { world, application, certificate, certificateId, take } = await fixture();
        await take();
        await asCommittee(world, await requestOf(world, certificateId, Operation.REVOKE, { reason: 1n }));
        const previous = { certificateId, holder: application.applicant };
        const again = signedAgain(certificate, world.issuer);
        const attempt = issueChecked(world, application, again, { previous });
        const { subjectKeyHash, deadline } = application;
        const args = [subjectKeyHash, deadline, deadline];
        await refused(world, attempt, "CertificateLedgerApplicationOutdated", args, async () =>
          issueChecked(world, { ...application, deadline: deadline + 1n }, again, { previous }),
        );
      });
    });

    describe("given the application", () => {
      it("reverts when the key is another one", async () => {
        const { world, application, certificate } = await fixture();
        const args = [id("another"), application.subjectKeyHash];
        const attempt = issueChecked(world, { ...application, subjectKeyHash: id("another") }, certificate);
        await refused(world, attempt, "CertificateLedgerSubjectKeyMismatch", args);
      });

      for (const [name, change] of [
        ["begins earlier", { notBefore: -1n }],
        ["begins later", { notBefore: 1n }],
        ["ends earlier", { notAfter: -1n }],
        ["ends later", { notAfter: 1n }],
      ] as const) {
        it(`reverts when the certificate's validity is another one: the application's ${name}`, async () => {
          const { world, application, certificate } = await fixture();
          const { notBefore, notAfter } = application;
          const asked = {
            ...application,
            notBefore: notBefore + ("notBefore" in change ? change.notBefore : 0n),
            notAfter: notAfter + ("notAfter" in change ? change.notAfter : 0n),
          };
          const args = [asked.notBefore, asked.notAfter, notBefore, notAfter];
          const attempt = issueChecked(world, asked, certificate);
          await refused(world, attempt, "CertificateLedgerValidityMismatch", args);
        });
      }
    });

    describe("given the centre", () => {
      it("reverts for another key than it was admitted with", async () => {
        const { world, application, certificate, take } = await fixture();
        const other = p256Key("another issuer");
        const attempt = issueChecked(world, application, certificate, { key: other });
        const { committeeId, issuer } = world;
        const args = [P256_CENTRE, committeeId, issuer.keyHash, committeeId, other.keyHash];
        await refused(world, attempt, "CertificateLedgerWrongIssuer", args, take);
      });

      it("reverts for the negative of its key", async () => {
        const { world, application, certificate } = await fixture();
        const { x, y, keyHash } = world.issuer;
        const PRIME = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
        const key = { x, y: toBeHex(PRIME - BigInt(y), 32) };
        const attempt = issueChecked(world, application, certificate, { key });
        const { committeeId } = world;
        const actual = sha256(concat([dataSlice(world.issuer.spki, 0, 27), key.x, key.y]));
        const args = [P256_CENTRE, committeeId, keyHash, committeeId, actual];
        await refused(world, attempt, "CertificateLedgerWrongIssuer", args);
      });

      it("reverts for one whose signatures are not checked", async () => {
        const { world, take } = await fixture({ centre: CENTRE });
        const { committeeId, issuer } = world;
        const args = [CENTRE, committeeId, ZeroHash, committeeId, issuer.keyHash];
        await refused(world, take(), "CertificateLedgerWrongIssuer", args);
      });

      it("reverts for one of another committee", async () => {
        const { world, take } = await fixture({ centre: FOREIGN_CENTRE });
        const { committeeId, foreignId, issuer } = world;
        const args = [FOREIGN_CENTRE, foreignId, ZeroHash, committeeId, issuer.keyHash];
        await refused(world, take(), "CertificateLedgerWrongIssuer", args);
      });

      it("reverts for one that was retired", async () => {
        const { world, take } = await fixture();
        await retireCentre(world, P256_CENTRE);
        await refused(world, take(), "CertificateLedgerCentreIsRetired", [P256_CENTRE]);
      });
    });

    describe("given the issuer's signature", () => {
      it("reverts for another issuer's", async () => {
        const { world, application, certificate } = await fixture();
        const forged = certify(partsOf(p256Key("a subject").spki, application), p256Key("another issuer"));
        expect(forged.tbsHash).to.equal(certificate.tbsHash);
        const attempt = issueChecked(world, application, forged);
        await refused(world, attempt, ...wrongSignature({ certificate }), async () =>
          issueChecked(world, application, certificate),
        );
      });

      it("reverts for an s in the upper half", async () => {
        const { world, application, certificate } = await fixture();
        const signature = (r: bigint, s: bigint) => signatureElement(r, ORDER - s);
        const high = await certified(world, application, { frame: { signature } });
        expect(high.certificate.tbsHash).to.equal(certificate.tbsHash);
        await refused(world, issueChecked(world, application, high.certificate), ...wrongSignature(high));
      });

      it("reverts for an s just above the half, and for numbers that are no signature", async () => {
        const { world, application } = await fixture();
        for (const [r, s] of [
          [1n, 1n],
          [1n, HALF_ORDER],
          [1n, HALF_ORDER + 1n],
          [ORDER, 1n],
          [2n ** 256n - 1n, 1n],
          [1n, 2n ** 256n - 1n],
        ] as const) {
          const frame = { signature: () => signatureElement(r, s) };
          const bad = await certified(world, application, { frame });
          await refused(world, issueChecked(world, application, bad.certificate), ...wrongSignature(bad));
        }
      });

      it("takes an s of half the order, and none above", async () => {
        const world = await loadWorld();
        const { ledger, p256Account } = world;
        const subject = p256Key("a subject");
        for (const [centre, s] of [
          [OTHER_CENTRE + 1, HALF_ORDER + 1n],
          [OTHER_CENTRE + 2, HALF_ORDER],
        ] as const) {
          const application = await applicationOf(world, { centre, subjectKeyHash: subject.keyHash });
          const parts = partsOf(subject.spki, application);
          const { tbsHash } = certify(parts, world.issuer);
          const { key, r } = keyOfSignature(tbsHash, s);
          await admit(world, { account: p256Account.address, issuerKeyHash: key.keyHash, issuerIsP256: true });
          const certificate = certify(parts, key, { signature: () => signatureElement(r, s) });
          const attempt = issueChecked(world, application, certificate, { key });
          if (s > HALF_ORDER) await refused(world, attempt, "CertificateLedgerWrongIssuerSignature", [centre, tbsHash]);
          else await expect(attempt).to.emit(ledger, "IssuerSignatureChecked");
        }
      });

      it("reverts for r and s in each other's place", async () => {
        const { world, application } = await fixture();
        const frame = { signature: (r: bigint, s: bigint) => signatureElement(s, r) };
        const bad = await certified(world, application, { frame });
        await refused(world, issueChecked(world, application, bad.certificate), ...wrongSignature(bad));
      });

      it("takes numbers of every length that the issuer comes to", async () => {
        const world = await loadWorld();
        const lengths = new Set<number>();
        for (let i = 0; lengths.size < 3 && i < 400; i += 1) {
          const subject = p256Key(`subject ${i}`);
          const parts = { subjectKey: subject.spki };
          const made = await certified(world, { subjectKeyHash: subject.keyHash }, { parts });
          const length = getBytes(made.certificate.der).length;
          if (lengths.has(length)) continue;
          lengths.add(length);
          await issueChecked(world, made.application, made.certificate);
        }
        expect(lengths.size).to.be.greaterThan(1);
      });
    });

    describe("given a chain without the precompile", () => {
      async function cancunWorld() {
        const connection = await network.create("cancun");
        return deployWorldOn(connection);
      }

      it("computes the same, with the hard fork before it", async () => {
        const world = await cancunWorld();
        expect(await world.connection.ethers.provider.call({ to: `0x${"100".padStart(40, "0")}` })).to.equal("0x");
        const { application, certificate } = await certified(world);
        const forged = certify(partsOf(p256Key("a subject").spki, application), p256Key("another issuer"));
        const attempt = issueChecked(world, application, forged);
        await refused(world, attempt, ...wrongSignature({ certificate }), async () =>
          issueChecked(world, application, certificate),
        );
        const certificateId = certificateIdOf(world.committeeId, certificate.contentHash);
        const { contentHash } = certificate;
        expect(await verdictOf(world, { certificateId, contentHash })).to.equal(Verdict.VALID);
      });

      it("refuses the upper half there as well", async () => {
        const world = await cancunWorld();
        const signature = (r: bigint, s: bigint) => signatureElement(r, ORDER - s);
        const high = await certified(world, {}, { frame: { signature } });
        await refused(world, issueChecked(world, high.application, high.certificate), ...wrongSignature(high));
      });
    });

    describe("given a time", () => {
      /** The instants, in seconds: what a calendar makes difficult. */
      const ends = {
        "the last second of a UTCTime": "2049-12-31T23:59:59Z",
        "the first second of a GeneralizedTime": "2050-01-01T00:00:00Z",
        "a leap day": "2048-02-29T12:34:56Z",
        "the day after a leap day": "2048-03-01T00:00:00Z",
        "the last of February": "2047-02-28T23:59:59Z",
        "a leap day of a century of four hundred years": "2400-02-29T00:00:00Z",
        "the end of February of a century without one": "2100-02-28T23:59:59Z",
        "no well-known end": "9999-12-31T23:59:59Z",
      };
      for (const [name, text] of Object.entries(ends)) {
        it(`reads ${name}`, async () => {
          const notAfter = BigInt(Date.parse(text)) / 1_000n;
          const { world, certificateId, take } = await fixture({ notAfter });
          await take();
          expect((await world.ledger.certificateOf(certificateId)).notAfter).to.equal(notAfter);
        });
      }

      it("reads the first second there is, and years from 1970 to 1999 in two digits", async () => {
        for (const text of ["1970-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "2000-02-29T00:00:00Z"]) {
          const notBefore = BigInt(Date.parse(text)) / 1_000n;
          const { world, certificateId, take } = await fixture({ notBefore });
          await take();
          expect((await world.ledger.certificateOf(certificateId)).notBefore).to.equal(notBefore);
        }
      });
    });

    it("takes what a hostile caller adds to calldata for nothing", async () => {
      const { world, application, certificate } = await fixture();
      const { der, tbsHash } = certificate;
      const approval = resultApproval(world, application, approving({ tbsHash }));
      const { x, y } = world.issuer;
      // One byte is cut off; the calldata goes on with what looks like it.
      const cut = dataSlice(der, 0, getBytes(der).length - 1);
      const none = { certificateId: ZeroHash, holder: `0x${"00".repeat(20)}` };
      const data = world.ledger.interface.encodeFunctionData("issueChecked", [
        application,
        cut,
        { x, y },
        1,
        approval,
        none,
      ]);
      const bytes = hexlify(data);
      const at = bytes.indexOf(cut.slice(2)) + cut.length - 2;
      const filled = `${bytes.slice(0, at)}${der.slice(-2)}${bytes.slice(at + 2)}`;
      const to = await world.ledger.getAddress();
      const attempt = world.caller.sendTransaction({ to, data: filled });
      await refused(world, attempt, "X509Malformed", [0]);
    });
  });
});
