import { expect } from "chai";
import { id, ZeroHash } from "ethers";

import {
  AccountType,
  accountOf,
  ANY,
  asCommittee,
  asHolder,
  at,
  CENTRE,
  CENTRE_FREEZE,
  DAY,
  goTo,
  headOf,
  type Issued,
  issued,
  loadWorld,
  NEVER,
  now,
  Operation,
  ownerOf,
  recordIdOf,
  refused,
  Requester,
  requestOf,
  Verdict,
  verdictOf,
  type World,
} from "../helpers/certificates.js";

/** A certificate and the centre's three ways to move it. */
async function fixture() {
  const world = await loadWorld();
  const certificate = await issued(world);
  return { world, certificate, ...waysOf(world, certificate) };
}

function waysOf(world: World, { certificateId }: Issued) {
  const ledger = world.ledger.connect(world.centreAccount);
  return {
    freeze: async (reason = 6) => ledger.freeze(certificateId, await headOf(world, certificateId), reason),
    unfreeze: async () => ledger.unfreeze(certificateId, await headOf(world, certificateId)),
    revoke: async (reason = 1) => ledger.revoke(certificateId, await headOf(world, certificateId), reason),
  };
}

describe("CertificateLedger", () => {
  describe("freeze", () => {
    it("moves the certificate to the centre's freezing account, for seven days", async () => {
      const { world, certificate, freeze } = await fixture();
      const { certificateId } = certificate;
      const before = await world.ledger.certificateOf(certificateId);
      const [from, to] = [AccountType.ISSUING, AccountType.FREEZING].map((type) => accountOf(CENTRE, type));
      await expect(freeze())
        .to.emit(world.ledger, "CertificateMoved")
        .withArgs(certificateId, Operation.FREEZE, Requester.CENTRE, 6)
        .and.to.emit(world.ledger, "Transfer")
        .withArgs(ownerOf(from!), ownerOf(to!), certificateId);
      const time = await now();
      const head = recordIdOf({
        certificateId,
        from: from!,
        to: to!,
        operation: Operation.FREEZE,
        requester: Requester.CENTRE,
        reason: 6n,
        requestHash: ZeroHash,
        previousRecord: before.head,
        blockNumber: BigInt(await world.connection.ethers.provider.getBlockNumber()),
        timestamp: time,
      });
      const state = await world.ledger.certificateOf(certificateId);
      expect(state).to.deep.equal([
        to,
        CENTRE,
        AccountType.FREEZING,
        2n,
        before.notBefore,
        before.notAfter,
        time,
        time + CENTRE_FREEZE,
        6n,
        Requester.CENTRE,
        head,
      ]);
      expect(await world.ledger.CENTRE_FREEZE()).to.equal(CENTRE_FREEZE);
    });

    it("names no request, as the caller itself asked", async () => {
      const { world, freeze } = await fixture();
      await expect(freeze()).to.not.emit(world.ledger, "RequestConsumed");
    });

    it("answers with the record's id", async () => {
      const { world, certificate } = await fixture();
      const { certificateId } = certificate;
      const head = await headOf(world, certificateId);
      const ledger = world.ledger.connect(world.centreAccount);
      const time = (await now()) + DAY;
      await at(time);
      const answer = await ledger.freeze.staticCall(certificateId, head, 6, { blockTag: "pending" });
      await ledger.freeze(certificateId, head, 6);
      expect(await headOf(world, certificateId)).to.equal(answer);
    });

    it("reverts for every other caller", async () => {
      const { world, certificate } = await fixture();
      const head = await headOf(world, certificate.certificateId);
      const { ledger, centreAccount } = world;
      for (const by of [world.holder, world.caller, world.otherAccount, world.foreignAccount, world.stranger]) {
        const attempt = ledger.connect(by).freeze(certificate.certificateId, head, 6);
        await refused(world, attempt, "CertificateLedgerNotRequester", [centreAccount.address, by.address]);
      }
    });

    it("reverts on a record that is not the last one", async () => {
      const { world, certificate, freeze, unfreeze } = await fixture();
      const { certificateId } = certificate;
      const first = await headOf(world, certificateId);
      await freeze();
      await unfreeze();
      const ledger = world.ledger.connect(world.centreAccount);
      for (const previous of [first, ZeroHash, id("another")]) {
        const args = [certificateId, await headOf(world, certificateId), previous];
        await refused(world, ledger.freeze(certificateId, previous, 6), "CertificateLedgerNotHead", args);
      }
    });

    it("reverts for a certificate that never was", async () => {
      const { world } = await fixture();
      const attempt = world.ledger.connect(world.centreAccount).freeze(id("nothing"), ZeroHash, 6);
      await refused(world, attempt, "CertificateLedgerCertificateUnknown", [id("nothing")]);
    });

    it("reverts for a reason that is none", async () => {
      const { world, freeze } = await fixture();
      for (const reason of [7, 11, 255]) {
        await refused(world, freeze(reason), "CertificateLedgerUnknownReason", [reason]);
      }
    });

    it("takes each reason of RFC 5280", async () => {
      for (const reason of [0, 1, 2, 3, 4, 5, 6, 8, 9, 10]) {
        const { world, certificate, freeze } = await fixture();
        await freeze(reason);
        expect((await world.ledger.certificateOf(certificate.certificateId)).reason).to.equal(reason);
      }
    });

    it("reverts when it is frozen already", async () => {
      const { world, certificate, freeze } = await fixture();
      await freeze();
      const { certificateId } = certificate;
      const args = [certificateId, AccountType.FREEZING, Operation.FREEZE, Requester.CENTRE, ANY];
      await refused(world, freeze(), "CertificateLedgerNotAllowed", args);
    });

    it("reverts once the certificate's time is over, and freezes in its last second", async () => {
      const { world, certificate, freeze } = await fixture();
      const { certificateId, application } = certificate;
      await goTo(application.notAfter - 1n);
      await at(application.notAfter + 1n);
      const args = [certificateId, AccountType.ISSUING, Operation.FREEZE, Requester.CENTRE, application.notAfter + 1n];
      await refused(world, freeze(), "CertificateLedgerNotAllowed", args);
      const other = await fixture();
      await goTo(other.certificate.application.notAfter - 1n);
      await at(other.certificate.application.notAfter);
      await other.freeze();
    });

    describe("given a freeze of the centre's that is over", () => {
      it("reverts for as long again, and no longer", async () => {
        const { world, certificate, freeze, unfreeze } = await fixture();
        const { certificateId } = certificate;
        await freeze();
        const { freezeEnds } = await world.ledger.certificateOf(certificateId);
        await unfreeze();
        expect((await world.ledger.certificateOf(certificateId)).freezeEnds).to.equal(freezeEnds);
        const again = freezeEnds + CENTRE_FREEZE;
        await goTo(again - 3n);
        await at(again - 1n);
        const args = [certificateId, AccountType.ISSUING, Operation.FREEZE, Requester.CENTRE, again - 1n];
        await refused(world, freeze(), "CertificateLedgerNotAllowed", args);
        await at(again);
        await freeze();
      });

      it("leaves the holder and the committee free to freeze", async () => {
        const { world, certificate, freeze, unfreeze } = await fixture();
        const { certificateId } = certificate;
        await freeze();
        await unfreeze();
        const request = await requestOf(world, certificateId, Operation.FREEZE);
        const snapshot = await world.connection.networkHelpers.takeSnapshot();
        await asHolder(world, certificate, request);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
        await snapshot.restore();
        await asCommittee(world, request);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
      });
    });
  });

  describe("unfreeze", () => {
    it("moves what the centre froze back", async () => {
      const { world, certificate, freeze, unfreeze } = await fixture();
      const { certificateId } = certificate;
      await freeze();
      const [from, to] = [AccountType.FREEZING, AccountType.ISSUING].map((type) => accountOf(CENTRE, type));
      await expect(unfreeze())
        .to.emit(world.ledger, "CertificateMoved")
        .withArgs(certificateId, Operation.UNFREEZE, Requester.CENTRE, 0)
        .and.to.emit(world.ledger, "Transfer")
        .withArgs(ownerOf(from!), ownerOf(to!), certificateId);
      const state = await world.ledger.certificateOf(certificateId);
      expect([state.accountType, state.sequence, state.reason, state.frozenBy]).to.deep.equal([
        AccountType.ISSUING,
        3n,
        0n,
        Requester.ANYONE,
      ]);
      expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
    });

    it("reverts for every other caller", async () => {
      const { world, certificate, freeze } = await fixture();
      await freeze();
      const head = await headOf(world, certificate.certificateId);
      const { ledger, centreAccount } = world;
      for (const by of [world.holder, world.caller, world.otherAccount, world.stranger]) {
        const attempt = ledger.connect(by).unfreeze(certificate.certificateId, head);
        await refused(world, attempt, "CertificateLedgerNotRequester", [centreAccount.address, by.address]);
      }
    });

    it("reverts for what the holder or the committee froze", async () => {
      for (const by of ["holder", "committee"] as const) {
        const { world, certificate, unfreeze } = await fixture();
        const { certificateId } = certificate;
        const request = await requestOf(world, certificateId, Operation.FREEZE);
        await (by === "holder" ? asHolder(world, certificate, request) : asCommittee(world, request));
        const state = await world.ledger.certificateOf(certificateId);
        expect([state.freezeEnds, state.frozenBy]).to.deep.equal([
          NEVER,
          by === "holder" ? Requester.HOLDER : Requester.COMMITTEE,
        ]);
        const args = [certificateId, AccountType.FREEZING, Operation.UNFREEZE, Requester.CENTRE, ANY];
        await refused(world, unfreeze(), "CertificateLedgerNotAllowed", args);
      }
    });

    it("reverts for the centre's own freeze once the committee confirmed it", async () => {
      const { world, certificate, freeze, unfreeze } = await fixture();
      const { certificateId } = certificate;
      await freeze();
      await asCommittee(world, await requestOf(world, certificateId, Operation.CONFIRM_FREEZE));
      const args = [certificateId, AccountType.FREEZING, Operation.UNFREEZE, Requester.CENTRE, ANY];
      await refused(world, unfreeze(), "CertificateLedgerNotAllowed", args);
      await goTo((await now()) + 3n * CENTRE_FREEZE);
      expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
    });

    it("reverts for what is not frozen", async () => {
      const { world, certificate, unfreeze } = await fixture();
      const { certificateId } = certificate;
      const args = [certificateId, AccountType.ISSUING, Operation.UNFREEZE, Requester.CENTRE, ANY];
      await refused(world, unfreeze(), "CertificateLedgerNotAllowed", args);
    });

    it("reverts on a record that is not the last one", async () => {
      const { world, certificate, freeze } = await fixture();
      const { certificateId } = certificate;
      const first = await headOf(world, certificateId);
      await freeze();
      const attempt = world.ledger.connect(world.centreAccount).unfreeze(certificateId, first);
      const args = [certificateId, await headOf(world, certificateId), first];
      await refused(world, attempt, "CertificateLedgerNotHead", args);
    });

    it("reverts once the certificate's time is over", async () => {
      const { world, certificate, freeze, unfreeze } = await fixture();
      const { certificateId, application } = certificate;
      await goTo(application.notAfter - DAY);
      await freeze();
      await goTo(application.notAfter);
      await at(application.notAfter + 1n);
      const time = application.notAfter + 1n;
      const args = [certificateId, AccountType.FREEZING, Operation.UNFREEZE, Requester.CENTRE, time];
      await refused(world, unfreeze(), "CertificateLedgerNotAllowed", args);
    });
  });

  describe("revoke", () => {
    it("moves the certificate to the centre's revocation account, with its reason", async () => {
      const { world, certificate, revoke } = await fixture();
      const { certificateId, contentHash } = certificate;
      const [from, to] = [AccountType.ISSUING, AccountType.REVOCATION].map((type) => accountOf(CENTRE, type));
      await expect(revoke(4))
        .to.emit(world.ledger, "CertificateMoved")
        .withArgs(certificateId, Operation.REVOKE, Requester.CENTRE, 4)
        .and.to.emit(world.ledger, "Transfer")
        .withArgs(ownerOf(from!), ownerOf(to!), certificateId);
      expect(await world.ledger.verify(certificateId, contentHash)).to.deep.equal([
        Verdict.REVOKED,
        4n,
        await now(),
        ZeroHash,
      ]);
    });

    it("takes what is frozen, whoever froze it", async () => {
      const { world, certificate, revoke } = await fixture();
      await asHolder(world, certificate, await requestOf(world, certificate.certificateId, Operation.FREEZE));
      await revoke();
      expect(await verdictOf(world, certificate)).to.equal(Verdict.REVOKED);
    });

    it("takes what is over by time and was not moved yet", async () => {
      const { world, certificate, revoke } = await fixture();
      await goTo(certificate.application.notAfter + DAY);
      await revoke();
      expect(await verdictOf(world, certificate)).to.equal(Verdict.REVOKED);
    });

    it("reverts for every other caller", async () => {
      const { world, certificate } = await fixture();
      const head = await headOf(world, certificate.certificateId);
      const { ledger, centreAccount } = world;
      for (const by of [world.holder, world.caller, world.otherAccount, world.stranger]) {
        const attempt = ledger.connect(by).revoke(certificate.certificateId, head, 1);
        await refused(world, attempt, "CertificateLedgerNotRequester", [centreAccount.address, by.address]);
      }
    });

    it("reverts for a reason that is none", async () => {
      const { world, revoke } = await fixture();
      for (const reason of [7, 11]) {
        await refused(world, revoke(reason), "CertificateLedgerUnknownReason", [reason]);
      }
    });

    it("is final", async () => {
      const { world, certificate, freeze, unfreeze, revoke } = await fixture();
      const { certificateId } = certificate;
      await revoke();
      for (const [operation, attempt] of [
        [Operation.FREEZE, freeze],
        [Operation.UNFREEZE, unfreeze],
        [Operation.REVOKE, revoke],
      ] as const) {
        const args = [certificateId, AccountType.REVOCATION, operation, Requester.CENTRE, ANY];
        await refused(world, attempt(), "CertificateLedgerNotAllowed", args);
      }
    });
  });
});
