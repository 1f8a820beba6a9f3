import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";

import {
  accountOf,
  AccountType,
  ANY,
  type Application,
  applicationIdOf,
  applicationOf,
  approving,
  at,
  CENTRE,
  certificateIdOf,
  certified,
  count,
  DAY,
  FOREIGN_CENTRE,
  goTo,
  issue,
  issued,
  loadWorld,
  NONE,
  now,
  Operation,
  OTHER_CENTRE,
  ownerOf,
  P256_CENTRE,
  QUORUM,
  recordIdOf,
  refused,
  rejecting,
  Requester,
  resultApproval,
  retireCentre,
  rotate,
  unapproved,
  Verdict,
  verdictOf,
} from "../helpers/certificates.js";

const CONTENT = id("content");
const YES = approving({ contentHash: CONTENT });

async function fixture(changes: Partial<Application> = {}) {
  const world = await loadWorld();
  const application = await applicationOf(world, changes);
  const certificateId = certificateIdOf(String(application.committeeId), CONTENT);
  const take = async () => issue(world, application, CONTENT);
  return { world, application, certificateId, take };
}

describe("CertificateLedger", () => {
  describe("issue", () => {
    it("delivers the certificate to the receiving centre's issuing account", async () => {
      const { world, application, certificateId, take } = await fixture();
      const account = accountOf(CENTRE, AccountType.ISSUING);
      await expect(take())
        .to.emit(world.ledger, "CertificateIssued")
        .withArgs(
          certificateId,
          world.holder.address,
          CENTRE,
          applicationIdOf(application),
          CONTENT,
          application.subjectKeyHash,
          application.notBefore,
          application.notAfter,
        )
        .and.to.emit(world.ledger, "Transfer")
        .withArgs(ZeroAddress, ownerOf(account), certificateId)
        .and.to.emit(world.ledger, "Locked")
        .withArgs(certificateId);
      const { notBefore, notAfter, committeeId, subjectKeyHash } = application;
      const head = recordIdOf({
        certificateId,
        from: 0n,
        to: account,
        operation: Operation.ISSUE,
        requester: Requester.COMMITTEE,
        reason: 0n,
        requestHash: applicationIdOf(application),
        previousRecord: ZeroHash,
        blockNumber: BigInt(await world.connection.ethers.provider.getBlockNumber()),
        timestamp: await now(),
      });
      expect(await world.ledger.certificateOf(certificateId)).to.deep.equal([
        account,
        CENTRE,
        AccountType.ISSUING,
        1n,
        notBefore,
        notAfter,
        await now(),
        0n,
        0n,
        Requester.ANYONE,
        head,
      ]);
      const holding = { certificateId, holder: world.holder.address };
      expect(await world.ledger.isHeld(committeeId, subjectKeyHash, holding)).to.equal(true);
      expect(await verdictOf(world, { certificateId, contentHash: CONTENT })).to.equal(Verdict.VALID);
    });

    it("does not say that the issuer's signature was checked", async () => {
      const { world, take } = await fixture();
      await expect(take()).to.not.emit(world.ledger, "IssuerSignatureChecked");
    });

    it("answers with the id, which covers the committee and the bytes", async () => {
      const { world, application, certificateId } = await fixture();
      const approval = resultApproval(world, application, YES);
      const answer = await world.ledger.issue.staticCall(application, CONTENT, 1, approval, NONE);
      expect(answer).to.equal(certificateId);
      expect(await world.ledger.certificateIdOf(world.committeeId, CONTENT)).to.equal(certificateId);
    });

    describe("given the committee's approval", () => {
      it("takes the group's signature", async () => {
        const { world, application, certificateId } = await fixture();
        await issue(world, application, CONTENT, { frost: true });
        expect(await verdictOf(world, { certificateId, contentHash: CONTENT })).to.equal(Verdict.VALID);
      });

      it("takes it whatever was counted before", async () => {
        const { world, application, take } = await fixture();
        await count(world, application, rejecting());
        await take();
      });

      it("reverts below the quorum", async () => {
        const { world, application, take } = await fixture();
        const attempt = issue(world, application, CONTENT, { signers: QUORUM.slice(1) });
        await unapproved(world, attempt, "CommitteeTooFew", [world.committeeId, 1, 5, 4], take);
      });

      it("reverts for one of another content", async () => {
        const { world, application, take } = await fixture();
        const approval = resultApproval(world, application, approving({ contentHash: id("else") }));
        const attempt = world.ledger.issue(application, CONTENT, 1, approval, NONE);
        const args = [world.committeeId, 1, world.keys[0]!.address];
        await unapproved(world, attempt, "CommitteeWrongSignature", args, take);
      });

      it("reverts for one of the to-be-signed bytes", async () => {
        const { world, application, take } = await fixture();
        const approval = resultApproval(world, application, approving({ tbsHash: CONTENT }));
        const attempt = world.ledger.issue(application, CONTENT, 1, approval, NONE);
        const args = [world.committeeId, 1, world.keys[0]!.address];
        await unapproved(world, attempt, "CommitteeWrongSignature", args, take);
      });

      it("reverts for a rejection", async () => {
        const { world, application, take } = await fixture();
        const approval = resultApproval(world, application, rejecting());
        const attempt = world.ledger.issue(application, CONTENT, 1, approval, NONE);
        const args = [world.committeeId, 1, world.keys[0]!.address];
        await unapproved(world, attempt, "CommitteeWrongSignature", args, take);
      });

      it("reverts for one of another application, whichever term differs", async () => {
        const { world, application } = await fixture();
        const approval = resultApproval(world, application, YES);
        const args = [world.committeeId, 1, world.keys[0]!.address];
        for (const change of [
          { centre: OTHER_CENTRE },
          { applicant: world.stranger.address },
          { subjectKeyHash: id("another") },
          { identityHash: id("another") },
          { possessionHash: id("another") },
          { notBefore: application.notBefore + 1n },
          { notAfter: application.notAfter + 1n },
          { deadline: application.deadline + 1n },
          { predecessorId: id("another") },
        ]) {
          const attempt = world.ledger.issue({ ...application, ...change }, CONTENT, 1, approval, NONE);
          await unapproved(world, attempt, "CommitteeWrongSignature", args);
        }
      });

      it("reverts for one of an epoch that is over", async () => {
        const { world, take } = await fixture();
        await rotate(world, 0n);
        const until = await now();
        const args = [world.committeeId, 1, until, ANY];
        await unapproved(world, take(), "CommitteeEpochOver", args);
      });
    });

    describe("given counted results", () => {
      it("takes what they approve", async () => {
        const { world, application, certificateId } = await fixture();
        await count(world, application, YES);
        await world.ledger.connect(world.stranger).issue(application, CONTENT, 0, "0x", NONE);
        expect(await verdictOf(world, { certificateId, contentHash: CONTENT })).to.equal(Verdict.VALID);
      });

      it("reverts where none were", async () => {
        const { world, application } = await fixture();
        const attempt = world.ledger.issue(application, CONTENT, 1, "0x", NONE);
        const args = [applicationIdOf(application), ZeroHash, CONTENT];
        await refused(world, attempt, "CertificateLedgerNotApproved", args);
      });

      it("reverts one member below the quorum", async () => {
        const { world, application } = await fixture();
        await count(world, application, YES, { signers: [1, 2, 3, 4] });
        const attempt = async () => world.ledger.issue(application, CONTENT, 1, "0x", NONE);
        const args = [applicationIdOf(application), ZeroHash, CONTENT];
        await refused(world, attempt(), "CertificateLedgerNotApproved", args, async () => {
          await count(world, application, YES, { signers: [0] });
          return attempt();
        });
      });

      it("reverts for another content", async () => {
        const { world, application } = await fixture();
        await count(world, application, YES);
        const attempt = world.ledger.issue(application, id("else"), 1, "0x", NONE);
        const args = [applicationIdOf(application), ZeroHash, id("else")];
        await refused(world, attempt, "CertificateLedgerNotApproved", args);
      });

      it("reverts for what was approved as to-be-signed bytes", async () => {
        const { world, application } = await fixture();
        await count(world, application, approving({ tbsHash: CONTENT }));
        const attempt = world.ledger.issue(application, CONTENT, 1, "0x", NONE);
        const args = [applicationIdOf(application), ZeroHash, CONTENT];
        await refused(world, attempt, "CertificateLedgerNotApproved", args);
      });

      it("reverts where they reject", async () => {
        const { world, application } = await fixture();
        await count(world, application, rejecting());
        const attempt = world.ledger.issue(application, CONTENT, 1, "0x", NONE);
        await refused(world, attempt, "CertificateLedgerApplicationRejected", [applicationIdOf(application)]);
      });
    });

    describe("given the application", () => {
      it("reverts from its deadline on, and issues one second before", async () => {
        const { world, application, take } = await fixture();
        const { deadline } = application;
        await goTo(deadline - 2n);
        await at(deadline);
        await refused(world, take(), "CertificateLedgerTooLate", [deadline, deadline]);
        const other = await fixture();
        await goTo(other.application.deadline - 2n);
        await at(other.application.deadline - 1n);
        await other.take();
      });

      const missing = {
        "an applicant": { applicant: ZeroAddress },
        "a subject key": { subjectKeyHash: ZeroHash },
        "an identity": { identityHash: ZeroHash },
        "a proof of possession": { possessionHash: ZeroHash },
      };
      for (const [name, change] of Object.entries(missing)) {
        it(`reverts without ${name}`, async () => {
          const { world, application, take } = await fixture(change);
          const { applicant, subjectKeyHash, identityHash, possessionHash } = application;
          const args = [applicant, subjectKeyHash, identityHash, possessionHash];
          await refused(world, take(), "CertificateLedgerApplicationIncomplete", args);
        });
      }

      it("reverts when the validity ends before it begins, and issues for one second", async () => {
        const { world, application } = await fixture();
        const { notAfter } = application;
        const turned = { ...application, notBefore: notAfter + 1n };
        const attempt = issue(world, turned, CONTENT);
        await refused(world, attempt, "CertificateLedgerInvalidValidity", [notAfter + 1n, notAfter, ANY]);
        await issue(world, { ...application, notBefore: notAfter }, CONTENT);
      });

      it("reverts when the validity is over, and issues in its last second", async () => {
        const { world, application, take } = await fixture({ notAfter: (await now()) + 2n * DAY });
        const { notBefore, notAfter } = application;
        await goTo(notAfter - 1n);
        await at(notAfter + 1n);
        await refused(world, take(), "CertificateLedgerInvalidValidity", [notBefore, notAfter, notAfter + 1n]);
        const other = await fixture({ notAfter: (await now()) + 2n * DAY });
        await goTo(other.application.notAfter - 1n);
        await at(other.application.notAfter);
        await other.take();
      });
    });

    describe("given the centre", () => {
      it("reverts for one that never was", async () => {
        const { world, take } = await fixture({ centre: 9 });
        await refused(world, take(), "CertificateLedgerCentreUnknown", [9]);
      });

      it("reverts for one that was retired", async () => {
        const { world, take } = await fixture();
        await retireCentre(world, CENTRE);
        await refused(world, take(), "CertificateLedgerCentreIsRetired", [CENTRE]);
      });

      it("reverts for one of another committee", async () => {
        const { world, take } = await fixture({ centre: FOREIGN_CENTRE });
        const { foreignId, committeeId } = world;
        const args = [FOREIGN_CENTRE, foreignId, ZeroHash, committeeId, ZeroHash];
        await refused(world, take(), "CertificateLedgerWrongIssuer", args);
      });

      it("reverts for one whose signatures are checked", async () => {
        const { world, take } = await fixture({ centre: P256_CENTRE });
        const { committeeId, issuer } = world;
        const args = [P256_CENTRE, committeeId, issuer.keyHash, committeeId, ZeroHash];
        await refused(world, take(), "CertificateLedgerWrongIssuer", args);
      });
    });

    describe("given that the certificate is there", () => {
      it("reverts for the same approval", async () => {
        const { world, certificateId, take } = await fixture();
        await take();
        await refused(world, take(), "CertificateLedgerCertificateExists", [certificateId]);
      });

      it("reverts for another application of the committee's with the same bytes", async () => {
        const { world, application, certificateId, take } = await fixture();
        await take();
        const other = { ...application, subjectKeyHash: id("another"), centre: OTHER_CENTRE };
        const attempt = issue(world, other, CONTENT);
        await refused(world, attempt, "CertificateLedgerCertificateExists", [certificateId]);
      });

      it("reverts once it is revoked, too", async () => {
        const { world, application, certificateId, take } = await fixture();
        await take();
        const { head } = await world.ledger.certificateOf(certificateId);
        await world.ledger.connect(world.centreAccount).revoke(certificateId, head, 1);
        const previous = { certificateId, holder: application.applicant };
        const attempt = issue(world, { ...application, deadline: application.deadline + 1n }, CONTENT, { previous });
        await refused(world, attempt, "CertificateLedgerCertificateExists", [certificateId]);
      });

      it("lets another committee issue the same bytes, as another certificate", async () => {
        const { world, application, certificateId, take } = await fixture();
        await take();
        const foreign = { ...application, committeeId: world.foreignId, centre: FOREIGN_CENTRE };
        await issue(world, foreign, CONTENT);
        const foreignId = certificateIdOf(world.foreignId, CONTENT);
        expect(foreignId).to.not.equal(certificateId);
        expect(await verdictOf(world, { certificateId: foreignId, contentHash: CONTENT })).to.equal(Verdict.VALID);
      });
    });

    describe("given a predecessor", () => {
      it("approves the certificate as its successor", async () => {
        const world = await loadWorld();
        const { certificateId: predecessorId } = await issued(world);
        const { application, certificateId } = await replacing(world, predecessorId);
        await expect(issue(world, application, CONTENT))
          .to.emit(world.ledger, "SuccessorApproved")
          .withArgs(predecessorId, certificateId);
        expect(await world.ledger.successorOf(predecessorId)).to.equal(certificateId);
        expect(await world.ledger.successorOf(certificateId)).to.equal(ZeroHash);
      });

      it("says nothing of successors without one", async () => {
        const { world, take } = await fixture();
        await expect(take()).to.not.emit(world.ledger, "SuccessorApproved");
      });

      it("takes a frozen one", async () => {
        const world = await loadWorld();
        const { certificateId: predecessorId } = await issued(world);
        const { head } = await world.ledger.certificateOf(predecessorId);
        await world.ledger.connect(world.centreAccount).freeze(predecessorId, head, 6);
        const { application } = await replacing(world, predecessorId);
        await issue(world, application, CONTENT);
      });

      it("reverts for one that never was", async () => {
        const { world, take } = await fixture({ predecessorId: id("nothing") });
        const args = [id("nothing"), AccountType.NONE, world.committeeId, ZeroHash];
        await refused(world, take(), "CertificateLedgerWrongPredecessor", args);
      });

      it("reverts for one that is revoked", async () => {
        const world = await loadWorld();
        const { certificateId: predecessorId } = await issued(world);
        const { head } = await world.ledger.certificateOf(predecessorId);
        await world.ledger.connect(world.centreAccount).revoke(predecessorId, head, 1);
        const { application } = await replacing(world, predecessorId);
        const args = [predecessorId, AccountType.REVOCATION, world.committeeId, world.committeeId];
        await refused(world, issue(world, application, CONTENT), "CertificateLedgerWrongPredecessor", args);
      });

      it("reverts for one of another committee", async () => {
        const world = await loadWorld();
        const foreign = await issued(world, { committeeId: world.foreignId, centre: FOREIGN_CENTRE });
        const { application } = await replacing(world, foreign.certificateId);
        const args = [foreign.certificateId, AccountType.ISSUING, world.committeeId, world.foreignId];
        await refused(world, issue(world, application, CONTENT), "CertificateLedgerWrongPredecessor", args);
      });

      it("reverts for itself", async () => {
        const { world, certificateId } = await fixture();
        const { application } = await replacing(world, certificateId);
        const args = [certificateId, AccountType.NONE, world.committeeId, ZeroHash];
        await refused(world, issue(world, application, CONTENT), "CertificateLedgerWrongPredecessor", args);
      });
    });

    it("reverts where the approval is good and the issuer's bytes are those of a checked certificate", async () => {
      const world = await loadWorld();
      const { application, certificate } = await certified(world);
      const attempt = issue(world, application, certificate.contentHash);
      const { committeeId, issuer } = world;
      const args = [P256_CENTRE, committeeId, issuer.keyHash, committeeId, ZeroHash];
      await refused(world, attempt, "CertificateLedgerWrongIssuer", args);
    });
  });
});

/** An application that may replace a certificate. */
async function replacing(world: Awaited<ReturnType<typeof loadWorld>>, predecessorId: string) {
  const application = await applicationOf(world, { predecessorId });
  return { application, certificateId: certificateIdOf(world.committeeId, CONTENT) };
}
