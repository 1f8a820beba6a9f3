import { expect } from "chai";
import { id, ZeroHash } from "ethers";

import { approvalOfKeys } from "../helpers/committee.js";
import {
  AccountType,
  ANY,
  approvalOf,
  asCentre,
  asCommittee,
  asHolder,
  at,
  CENTRE,
  CERTIFICATE_TYPES,
  DAY,
  digestOf,
  FOREIGN_CENTRE,
  goTo,
  headOf,
  type Issued,
  issued,
  loadWorld,
  now,
  Operation,
  OTHER_CENTRE,
  QUORUM,
  refused,
  type Request,
  Requester,
  requestOf,
  rotate,
  signRequest,
  structHashOf,
  unapproved,
  Verdict,
  verdictOf,
  type World,
} from "../helpers/certificates.js";

async function fixture() {
  const world = await loadWorld();
  const certificate = await issued(world);
  const request = async (operation: bigint, changes: Partial<Request> = {}) =>
    requestOf(world, certificate.certificateId, operation, changes);
  return { world, certificate, request };
}

/** A request that somebody else brings, with the holder's signature. */
async function broughtForHolder(world: World, { application }: Issued, request: Request, signature: string) {
  const { subjectKeyHash, applicant } = application;
  return world.ledger.connect(world.stranger).executeAsHolder(request, subjectKeyHash, applicant, signature);
}

type Way = (world: World, certificate: Issued, request: Request) => Promise<unknown>;

/** What is asked of a request, whoever asks. */
const WAYS: Readonly<Record<string, Way>> = {
  executeAsHolder: asHolder,
  executeAsCentre: async (world, _, request) => asCentre(world, request),
  executeAsCommittee: async (world, _, request) => asCommittee(world, request),
};

describe("CertificateLedger", () => {
  for (const [name, execute] of Object.entries(WAYS)) {
    describe(`${name}, whoever asks`, () => {
      it("reverts from the deadline on, and acts one second before", async () => {
        const { world, certificate, request } = await fixture();
        const deadline = (await now()) + DAY;
        const asked = await request(Operation.REVOKE, { deadline });
        await at(deadline);
        await refused(world, execute(world, certificate, asked), "CertificateLedgerTooLate", [deadline, deadline]);
        const later = await request(Operation.REVOKE, { deadline: deadline + DAY });
        await at(deadline + DAY - 1n);
        await execute(world, certificate, later);
      });

      it("reverts for a reason that is none", async () => {
        const { world, certificate, request } = await fixture();
        for (const reason of [7n, 11n, 255n]) {
          const attempt = execute(world, certificate, await request(Operation.REVOKE, { reason }));
          await refused(world, attempt, "CertificateLedgerUnknownReason", [reason]);
        }
      });

      it("reverts for a successor where none belongs, and for an update without one", async () => {
        const { world, certificate, request } = await fixture();
        const successorId = id("a successor");
        for (const [operation, changes] of [
          [Operation.REVOKE, { successorId }],
          [Operation.REHOME, { successorId, centre: BigInt(OTHER_CENTRE) }],
          [Operation.UPDATE, {}],
        ] as const) {
          const attempt = execute(world, certificate, await request(operation, changes));
          const { centre } = { centre: 0n, ...changes };
          const args = [operation, operation === Operation.UPDATE ? ZeroHash : successorId, centre];
          await refused(world, attempt, "CertificateLedgerStrayArgument", args);
        }
      });

      it("reverts for a centre where none belongs, and for a re-homing without one", async () => {
        const { world, certificate, request } = await fixture();
        const centre = BigInt(OTHER_CENTRE);
        for (const [operation, changes] of [
          [Operation.FREEZE, { centre }],
          [Operation.UPDATE, { centre, successorId: id("a successor") }],
          [Operation.REHOME, {}],
        ] as const) {
          const attempt = execute(world, certificate, await request(operation, changes));
          const { successorId } = { successorId: ZeroHash, ...changes };
          const args = [operation, successorId, operation === Operation.REHOME ? 0n : centre];
          await refused(world, attempt, "CertificateLedgerStrayArgument", args);
        }
      });

      it("reverts for a certificate that never was", async () => {
        const { world, certificate, request } = await fixture();
        const asked = { ...(await request(Operation.REVOKE)), certificateId: id("nothing") };
        const attempt = execute(world, certificate, asked);
        await refused(world, attempt, "CertificateLedgerCertificateUnknown", [id("nothing")]);
      });

      it("reverts when the same request comes again, and for each older record", async () => {
        const { world, certificate, request } = await fixture();
        const { certificateId } = certificate;
        const freeze = await request(Operation.FREEZE);
        await execute(world, certificate, freeze);
        for (const previousRecord of [freeze.previousRecord, ZeroHash, id("another")]) {
          const attempt = execute(world, certificate, { ...freeze, previousRecord });
          const args = [certificateId, await headOf(world, certificateId), previousRecord];
          await refused(world, attempt, "CertificateLedgerNotHead", args);
        }
      });

      it("reverts for an issuing, which no request is", async () => {
        const { world, certificate, request } = await fixture();
        const attempt = execute(world, certificate, await request(Operation.ISSUE));
        const args = [certificate.certificateId, AccountType.ISSUING, Operation.ISSUE, ANY, ANY];
        await refused(world, attempt, "CertificateLedgerNotAllowed", args);
      });

      it("reverts for an operation that is none", async () => {
        const { world, certificate, request } = await fixture();
        const asked = await request(8n);
        await expect(execute(world, certificate, asked)).to.be.revertedWithoutReason(world.connection.ethers);
      });
    });
  }

  describe("executeAsHolder", () => {
    it("does what the holder asks by calling", async () => {
      const { world, certificate, request } = await fixture();
      const asked = await request(Operation.REVOKE, { reason: 1n });
      const done = asHolder(world, certificate, asked);
      await expect(done)
        .to.emit(world.ledger, "CertificateMoved")
        .withArgs(certificate.certificateId, Operation.REVOKE, Requester.HOLDER, 1);
      await expect(done).to.not.emit(world.ledger, "RequestConsumed");
    });

    it("does what the holder signed, whoever brings it", async () => {
      const { world, certificate, request } = await fixture();
      const asked = await request(Operation.FREEZE, { reason: 6n });
      const signature = await signRequest(world, world.holder, asked);
      await expect(broughtForHolder(world, certificate, asked, signature))
        .to.emit(world.ledger, "RequestConsumed")
        .withArgs(certificate.certificateId, structHashOf("CertificateRequest", asked));
      expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
    });

    it("reverts when the holder is named and is not the caller", async () => {
      const { world, certificate, request } = await fixture();
      const { holder, stranger, centreAccount, ledger } = world;
      const { subjectKeyHash, applicant } = certificate.application;
      for (const by of [stranger, centreAccount]) {
        const asked = await request(Operation.REVOKE);
        const attempt = ledger.connect(by).executeAsHolder(asked, subjectKeyHash, applicant, "0x");
        await refused(world, attempt, "CertificateLedgerNotRequester", [holder.address, by.address]);
      }
    });

    it("reverts when the signature is somebody else's", async () => {
      const { world, certificate, request } = await fixture();
      const asked = await request(Operation.REVOKE);
      const digest = digestOf(world.domain, "CertificateRequest", asked);
      for (const by of [world.stranger, world.centreAccount]) {
        const attempt = broughtForHolder(world, certificate, asked, await signRequest(world, by, asked));
        await refused(world, attempt, "CertificateLedgerWrongSignature", [world.holder.address, digest]);
      }
    });

    it("reverts when one who is not the holder calls himself the holder", async () => {
      const { world, certificate, request } = await fixture();
      const { certificateId, application } = certificate;
      const { stranger, ledger } = world;
      const asked = await request(Operation.REVOKE);
      const attempt = ledger
        .connect(stranger)
        .executeAsHolder(asked, application.subjectKeyHash, stranger.address, "0x");
      const args = [certificateId, application.subjectKeyHash, stranger.address];
      await refused(world, attempt, "CertificateLedgerNotHolder", args);
    });

    it("reverts for the key of another certificate of the holder's", async () => {
      const { world, certificate, request } = await fixture();
      const other = await issued(world);
      const asked = await request(Operation.REVOKE);
      const { subjectKeyHash } = other.application;
      const attempt = world.ledger
        .connect(world.holder)
        .executeAsHolder(asked, subjectKeyHash, world.holder.address, "0x");
      const args = [certificate.certificateId, subjectKeyHash, world.holder.address];
      await refused(world, attempt, "CertificateLedgerNotHolder", args);
    });

    it("serves the holder of a certificate that is no one's predecessor, after a re-homing, too", async () => {
      const { world, certificate, request } = await fixture();
      await asCommittee(world, await request(Operation.REHOME, { centre: BigInt(OTHER_CENTRE) }));
      await asHolder(world, certificate, await request(Operation.REVOKE));
      expect(await verdictOf(world, certificate)).to.equal(Verdict.REVOKED);
    });
  });

  describe("executeAsCentre", () => {
    it("does what the centre asks by calling", async () => {
      const { world, certificate, request } = await fixture();
      const done = asCentre(world, await request(Operation.REVOKE, { reason: 2n }));
      await expect(done)
        .to.emit(world.ledger, "CertificateMoved")
        .withArgs(certificate.certificateId, Operation.REVOKE, Requester.CENTRE, 2);
      await expect(done).to.not.emit(world.ledger, "RequestConsumed");
    });

    it("does what the centre signed, whoever brings it", async () => {
      const { world, certificate, request } = await fixture();
      const asked = await request(Operation.FREEZE);
      const signature = await signRequest(world, world.centreAccount, asked);
      await expect(world.ledger.connect(world.stranger).executeAsCentre(asked, signature))
        .to.emit(world.ledger, "RequestConsumed")
        .withArgs(certificate.certificateId, structHashOf("CertificateRequest", asked));
    });

    it("reverts for every other caller", async () => {
      const { world, request } = await fixture();
      const asked = await request(Operation.REVOKE);
      for (const by of [world.holder, world.otherAccount, world.foreignAccount, world.stranger]) {
        const args = [world.centreAccount.address, by.address];
        await refused(world, asCentre(world, asked, by), "CertificateLedgerNotRequester", args);
      }
    });

    it("reverts when the signature is another centre's or the holder's", async () => {
      const { world, request } = await fixture();
      const asked = await request(Operation.REVOKE);
      const digest = digestOf(world.domain, "CertificateRequest", asked);
      for (const by of [world.otherAccount, world.holder]) {
        const signature = await signRequest(world, by, asked);
        const attempt = world.ledger.connect(world.stranger).executeAsCentre(asked, signature);
        await refused(world, attempt, "CertificateLedgerWrongSignature", [world.centreAccount.address, digest]);
      }
    });

    it("serves the centre that holds the certificate now, and the former one no more", async () => {
      const { world, certificate, request } = await fixture();
      await asCommittee(world, await request(Operation.REHOME, { centre: BigInt(OTHER_CENTRE) }));
      const asked = await request(Operation.REVOKE);
      const { centreAccount, otherAccount } = world;
      const args = [otherAccount.address, centreAccount.address];
      await refused(world, asCentre(world, asked), "CertificateLedgerNotRequester", args, async () =>
        asCentre(world, asked, otherAccount),
      );
      expect(await verdictOf(world, certificate)).to.equal(Verdict.REVOKED);
    });
  });

  describe("executeAsCommittee", () => {
    it("does what the members approve, whoever brings it", async () => {
      const { world, certificate, request } = await fixture();
      const asked = await request(Operation.REVOKE, { reason: 2n });
      const { committeeId } = world;
      const requestHash = structHashOf("CommitteeRequest", { committeeId, epoch: 1, ...asked });
      await expect(asCommittee(world, asked))
        .to.emit(world.ledger, "RequestConsumed")
        .withArgs(certificate.certificateId, requestHash)
        .and.to.emit(world.ledger, "CertificateMoved")
        .withArgs(certificate.certificateId, Operation.REVOKE, Requester.COMMITTEE, 2);
    });

    it("takes the group's signature as well", async () => {
      const { world, certificate, request } = await fixture();
      await asCommittee(world, await request(Operation.REVOKE), { frost: true });
      expect(await verdictOf(world, certificate)).to.equal(Verdict.REVOKED);
    });

    it("reverts below the quorum", async () => {
      const { world, request } = await fixture();
      const asked = await request(Operation.REVOKE);
      const attempt = asCommittee(world, asked, { signers: QUORUM.slice(1) });
      await unapproved(world, attempt, "CommitteeTooFew", [world.committeeId, 1, 5, 4], async () =>
        asCommittee(world, asked),
      );
    });

    it("reverts for what members signed as a holder's request", async () => {
      const { world, request } = await fixture();
      const asked = await request(Operation.REVOKE);
      const digest = digestOf(world.domain, "CertificateRequest", asked);
      const approval = approvalOfKeys(world.keys, QUORUM, digest);
      const attempt = world.ledger.executeAsCommittee(asked, 1, approval);
      const args = [world.committeeId, 1, world.keys[0]!.address];
      await unapproved(world, attempt, "CommitteeWrongSignature", args);
    });

    it("reverts for another committee, whose centre the certificate is not at", async () => {
      const { world, request } = await fixture();
      const asked = await request(Operation.REVOKE);
      const value = { committeeId: world.foreignId, epoch: 1, ...asked };
      const approval = approvalOf(world, "CommitteeRequest", value);
      const attempt = world.ledger.executeAsCommittee(asked, 1, approval);
      await unapproved(world, attempt, "CommitteeWrongSignature", [world.committeeId, 1, world.keys[0]!.address]);
    });

    it("reverts for an epoch that is over", async () => {
      const { world, request } = await fixture();
      await rotate(world, 0n);
      const attempt = asCommittee(world, await request(Operation.REVOKE));
      await unapproved(world, attempt, "CommitteeEpochOver", [world.committeeId, 1, ANY, ANY]);
    });

    it("signs the types that the ledger reads", () => {
      const names = (type: "CertificateRequest" | "CommitteeRequest") =>
        CERTIFICATE_TYPES[type].map(({ name }) => name);
      expect(names("CommitteeRequest")).to.deep.equal(["committeeId", "epoch", ...names("CertificateRequest")]);
    });

    describe("given a confirmed freeze", () => {
      it("lasts until the committee undoes it", async () => {
        const { world, certificate, request } = await fixture();
        const { certificateId } = certificate;
        await asCentre(world, await request(Operation.FREEZE));
        await expect(asCommittee(world, await request(Operation.CONFIRM_FREEZE, { reason: 6n })))
          .to.emit(world.ledger, "CertificateMoved")
          .withArgs(certificateId, Operation.CONFIRM_FREEZE, Requester.COMMITTEE, 6);
        const { sequence, frozenBy } = await world.ledger.certificateOf(certificateId);
        expect([sequence, frozenBy]).to.deep.equal([3n, Requester.COMMITTEE]);
        await goTo((await now()) + 100n * DAY);
        const attempt = world.ledger.endFreeze(certificateId);
        const args = [certificateId, AccountType.FREEZING, Operation.UNFREEZE, Requester.ANYONE, ANY];
        await refused(world, attempt, "CertificateLedgerNotAllowed", args, async () =>
          asCommittee(world, await request(Operation.UNFREEZE)),
        );
        expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
      });

      it("is confirmed after it ended by itself, too, where nobody moved the certificate", async () => {
        const { world, certificate, request } = await fixture();
        await asCentre(world, await request(Operation.FREEZE));
        await goTo((await now()) + 8n * DAY);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
        await asCommittee(world, await request(Operation.CONFIRM_FREEZE));
        expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
      });
    });

    describe("given a re-homing", () => {
      it("moves the certificate to the other centre's issuing account", async () => {
        const { world, certificate, request } = await fixture();
        const { certificateId } = certificate;
        await asCommittee(world, await request(Operation.REHOME, { centre: BigInt(OTHER_CENTRE) }));
        const { centre, accountType, sequence } = await world.ledger.certificateOf(certificateId);
        expect([centre, accountType, sequence]).to.deep.equal([BigInt(OTHER_CENTRE), AccountType.ISSUING, 2n]);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
      });

      it("lets the new centre freeze, though the old one had", async () => {
        const { world, certificate, request } = await fixture();
        await asCentre(world, await request(Operation.FREEZE));
        await asCentre(world, await request(Operation.UNFREEZE));
        await asCommittee(world, await request(Operation.REHOME, { centre: BigInt(OTHER_CENTRE) }));
        await asCentre(world, await request(Operation.FREEZE), world.otherAccount);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
      });

      it("reverts to a centre that never was", async () => {
        const { world, request } = await fixture();
        const attempt = asCommittee(world, await request(Operation.REHOME, { centre: 9n }));
        await refused(world, attempt, "CertificateLedgerCentreUnknown", [9]);
      });

      it("reverts to a centre of another committee", async () => {
        const { world, request } = await fixture();
        const attempt = asCommittee(world, await request(Operation.REHOME, { centre: BigInt(FOREIGN_CENTRE) }));
        const args = [FOREIGN_CENTRE, world.foreignId, world.committeeId];
        await refused(world, attempt, "CertificateLedgerWrongCommittee", args);
      });

      it("reverts to a centre that was retired", async () => {
        const { world, request } = await fixture();
        const value = { committeeId: world.committeeId, epoch: 1, centre: OTHER_CENTRE };
        await world.ledger.retireCentre(OTHER_CENTRE, 1, approvalOf(world, "CentreRetirement", value));
        const attempt = asCommittee(world, await request(Operation.REHOME, { centre: BigInt(OTHER_CENTRE) }));
        await refused(world, attempt, "CertificateLedgerCentreIsRetired", [OTHER_CENTRE]);
      });

      it("reverts for a frozen certificate", async () => {
        const { world, certificate, request } = await fixture();
        await asCentre(world, await request(Operation.FREEZE));
        const attempt = asCommittee(world, await request(Operation.REHOME, { centre: BigInt(OTHER_CENTRE) }));
        const args = [certificate.certificateId, AccountType.FREEZING, Operation.REHOME, Requester.COMMITTEE, ANY];
        await refused(world, attempt, "CertificateLedgerNotAllowed", args);
      });

      it("reverts for the holder and for the centre", async () => {
        const { world, certificate, request } = await fixture();
        const asked = await request(Operation.REHOME, { centre: BigInt(OTHER_CENTRE) });
        const { certificateId } = certificate;
        const args = (requester: bigint) => [certificateId, AccountType.ISSUING, Operation.REHOME, requester, ANY];
        await refused(world, asHolder(world, certificate, asked), "CertificateLedgerNotAllowed", args(1n));
        await refused(world, asCentre(world, asked), "CertificateLedgerNotAllowed", args(2n));
      });
    });
  });

  describe("update", () => {
    async function updateFixture() {
      const fixed = await fixture();
      const { world, certificate, request } = fixed;
      const successor = await issued(world, { predecessorId: certificate.certificateId });
      const successorId = successor.certificateId;
      const update = async (changes: Partial<Request> = {}) => request(Operation.UPDATE, { successorId, ...changes });
      return { ...fixed, successor, successorId, update };
    }

    it("retires the certificate in favour of the successor that the committee approved", async () => {
      const { world, certificate, successor, successorId, update } = await updateFixture();
      const { certificateId, contentHash } = certificate;
      expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
      await asHolder(world, certificate, await update({ reason: 4n }));
      expect((await world.ledger.certificateOf(certificateId)).accountType).to.equal(AccountType.RETIRED);
      expect(await world.ledger.verify(certificateId, contentHash)).to.deep.equal([
        Verdict.SUPERSEDED,
        4n,
        await now(),
        successorId,
      ]);
      expect(await verdictOf(world, successor)).to.equal(Verdict.VALID);
    });

    it("serves the centre and the committee, too", async () => {
      for (const ask of [asCentre, asCommittee]) {
        const { world, certificate, update } = await updateFixture();
        await ask(world, await update());
        expect(await verdictOf(world, certificate)).to.equal(Verdict.SUPERSEDED);
      }
    });

    it("reverts for a certificate that the committee did not approve as the successor", async () => {
      const { world, certificate, successorId, update } = await updateFixture();
      const other = await issued(world);
      const attempt = asHolder(world, certificate, await update({ successorId: other.certificateId }));
      const args = [certificate.certificateId, successorId, other.certificateId, AccountType.ISSUING];
      await refused(world, attempt, "CertificateLedgerWrongSuccessor", args);
    });

    it("reverts for a successor that never was, where none was approved", async () => {
      const { world, certificate, request } = await fixture();
      const successorId = id("nothing");
      const attempt = asHolder(world, certificate, await request(Operation.UPDATE, { successorId }));
      const args = [certificate.certificateId, ZeroHash, successorId, AccountType.NONE];
      await refused(world, attempt, "CertificateLedgerWrongSuccessor", args);
    });

    it("reverts while the successor is frozen, or when it was revoked", async () => {
      const { world, certificate, successorId, update } = await updateFixture();
      const ledger = world.ledger.connect(world.centreAccount);
      await ledger.freeze(successorId, await headOf(world, successorId), 6);
      const args = (type: bigint) => [certificate.certificateId, successorId, successorId, type];
      const attempt = async () => asHolder(world, certificate, await update());
      await refused(world, attempt(), "CertificateLedgerWrongSuccessor", args(AccountType.FREEZING));
      await ledger.revoke(successorId, await headOf(world, successorId), 1);
      await refused(world, attempt(), "CertificateLedgerWrongSuccessor", args(AccountType.REVOCATION));
    });

    it("reverts when the successor's time is over", async () => {
      const { world, certificate, request } = await fixture();
      const { certificateId } = certificate;
      const notAfter = (await now()) + 10n * DAY;
      const { certificateId: successorId } = await issued(world, { predecessorId: certificateId, notAfter });
      await at(notAfter + 1n);
      const attempt = asHolder(world, certificate, await request(Operation.UPDATE, { successorId }));
      const args = [certificateId, successorId, successorId, AccountType.ISSUING];
      await refused(world, attempt, "CertificateLedgerWrongSuccessor", args);
    });

    it("takes a successor up to its last second", async () => {
      const { world, certificate, request } = await fixture();
      const { certificateId: predecessorId } = certificate;
      const notAfter = (await now()) + 10n * DAY;
      const { certificateId: successorId } = await issued(world, { predecessorId, notAfter });
      const update = await request(Operation.UPDATE, { successorId });
      await at(notAfter);
      await asHolder(world, certificate, update);
      expect(await verdictOf(world, certificate)).to.equal(Verdict.SUPERSEDED);
    });

    it("takes the last successor that was approved, and the first no more", async () => {
      const { world, certificate, successorId, update } = await updateFixture();
      const { certificateId } = certificate;
      const next = await issued(world, { predecessorId: certificateId });
      const args = [certificateId, next.certificateId, successorId, AccountType.ISSUING];
      const attempt = asHolder(world, certificate, await update());
      await refused(world, attempt, "CertificateLedgerWrongSuccessor", args, async () =>
        asHolder(world, certificate, await update({ successorId: next.certificateId })),
      );
    });

    it("leaves a retired certificate's successor for good", async () => {
      const { world, certificate, successorId, update } = await updateFixture();
      await asHolder(world, certificate, await update());
      const attempt = issued(world, { predecessorId: certificate.certificateId });
      const args = [certificate.certificateId, AccountType.RETIRED, world.committeeId, world.committeeId];
      await refused(world, attempt, "CertificateLedgerWrongPredecessor", args);
      expect(await world.ledger.successorOf(certificate.certificateId)).to.equal(successorId);
    });

    it("reverts for a frozen certificate", async () => {
      const { world, certificate, request, update } = await updateFixture();
      await asHolder(world, certificate, await request(Operation.FREEZE));
      const args = [certificate.certificateId, AccountType.FREEZING, Operation.UPDATE, Requester.HOLDER, ANY];
      const attempt = asHolder(world, certificate, await update());
      await refused(world, attempt, "CertificateLedgerNotAllowed", args);
    });

    it("reads the centre of a certificate that stays where it is", async () => {
      const { world, certificate, update } = await updateFixture();
      await asHolder(world, certificate, await update());
      expect((await world.ledger.certificateOf(certificate.certificateId)).centre).to.equal(CENTRE);
    });
  });
});
