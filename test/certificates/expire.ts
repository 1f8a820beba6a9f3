import { expect } from "chai";
import { id, ZeroHash } from "ethers";

import {
  AccountType,
  accountOf,
  ANY,
  asCentre,
  asCommittee,
  asHolder,
  at,
  CENTRE,
  CENTRE_FREEZE,
  DAY,
  goTo,
  issued,
  loadWorld,
  now,
  Operation,
  ownerOf,
  refused,
  type Request,
  Requester,
  requestOf,
  Verdict,
  verdictOf,
} from "../helpers/certificates.js";

async function fixture() {
  const world = await loadWorld();
  const certificate = await issued(world);
  const { certificateId, application } = certificate;
  const request = async (operation: bigint, changes: Partial<Request> = {}) =>
    requestOf(world, certificateId, operation, changes);
  const ledger = world.ledger.connect(world.stranger);
  return {
    world,
    certificate,
    certificateId,
    notAfter: application.notAfter,
    request,
    expire: async () => ledger.expire(certificateId),
    endFreeze: async () => ledger.endFreeze(certificateId),
  };
}

describe("CertificateLedger", () => {
  describe("expire", () => {
    it("moves what is over to the expiry account, whoever calls", async () => {
      const { world, certificate, certificateId, notAfter, expire } = await fixture();
      await goTo(notAfter);
      await at(notAfter + 1n);
      const [from, to] = [AccountType.ISSUING, AccountType.EXPIRY].map((type) => accountOf(CENTRE, type));
      await expect(expire())
        .to.emit(world.ledger, "CertificateMoved")
        .withArgs(certificateId, Operation.EXPIRE, Requester.ANYONE, 0)
        .and.to.emit(world.ledger, "Transfer")
        .withArgs(ownerOf(from!), ownerOf(to!), certificateId);
      expect(await verdictOf(world, certificate)).to.equal(Verdict.EXPIRED);
    });

    it("reverts in the certificate's last second", async () => {
      const { world, certificateId, notAfter, expire } = await fixture();
      await goTo(notAfter - 1n);
      await at(notAfter);
      const args = [certificateId, AccountType.ISSUING, Operation.EXPIRE, Requester.ANYONE, notAfter];
      await refused(world, expire(), "CertificateLedgerNotAllowed", args, async () => {
        await at(notAfter + 1n);
        return expire();
      });
    });

    it("moves what is frozen, whoever froze it", async () => {
      for (const ask of [asCentre, asCommittee]) {
        const { world, certificate, certificateId, notAfter, request, expire } = await fixture();
        await goTo(notAfter - DAY);
        await ask(world, await request(Operation.FREEZE));
        await goTo(notAfter + 1n);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.EXPIRED);
        await expire();
        expect((await world.ledger.certificateOf(certificateId)).accountType).to.equal(AccountType.EXPIRY);
      }
    });

    it("serves the holder, the centre and the committee as requests, too", async () => {
      for (const by of ["holder", "centre", "committee"] as const) {
        const { world, certificate, certificateId, notAfter, request } = await fixture();
        await goTo(notAfter + 1n);
        const asked = await request(Operation.EXPIRE);
        if (by === "holder") await asHolder(world, certificate, asked);
        else await (by === "centre" ? asCentre : asCommittee)(world, asked);
        expect((await world.ledger.certificateOf(certificateId)).accountType).to.equal(AccountType.EXPIRY);
      }
    });

    it("reverts in each final state", async () => {
      const { world, certificateId, notAfter, request, expire } = await fixture();
      const successor = await issued(world, { predecessorId: certificateId });
      const snapshot = await world.connection.networkHelpers.takeSnapshot();
      const { successorId } = { successorId: successor.certificateId };
      for (const [type, operation, changes] of [
        [AccountType.REVOCATION, Operation.REVOKE, {}],
        [AccountType.RETIRED, Operation.UPDATE, { successorId }],
        [AccountType.EXPIRY, Operation.EXPIRE, {}],
      ] as const) {
        if (operation === Operation.EXPIRE) await goTo(notAfter + 1n);
        await asCommittee(world, await request(operation, changes));
        await goTo(notAfter + DAY);
        const args = [certificateId, type, Operation.EXPIRE, Requester.ANYONE, ANY];
        await refused(world, expire(), "CertificateLedgerNotAllowed", args);
        await snapshot.restore();
      }
    });

    it("reverts for a certificate that never was", async () => {
      const { world } = await fixture();
      const attempt = world.ledger.expire(id("nothing"));
      await refused(world, attempt, "CertificateLedgerCertificateUnknown", [id("nothing")]);
    });
  });

  describe("endFreeze", () => {
    it("moves back what a centre froze, once its time is over, whoever calls", async () => {
      const { world, certificate, certificateId, request, endFreeze } = await fixture();
      await asCentre(world, await request(Operation.FREEZE));
      const ends = (await now()) + CENTRE_FREEZE;
      await goTo(ends - 2n);
      await at(ends - 1n);
      const args = [certificateId, AccountType.FREEZING, Operation.UNFREEZE, Requester.ANYONE, ends - 1n];
      await refused(world, endFreeze(), "CertificateLedgerNotAllowed", args);
      expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
      await at(ends);
      await expect(endFreeze())
        .to.emit(world.ledger, "CertificateMoved")
        .withArgs(certificateId, Operation.UNFREEZE, Requester.ANYONE, 0);
      const state = await world.ledger.certificateOf(certificateId);
      expect([state.accountType, state.freezeEnds]).to.deep.equal([AccountType.ISSUING, ends]);
    });

    it("changes nothing about the verdict, which the time changes", async () => {
      const { world, certificate, request, endFreeze } = await fixture();
      await asCentre(world, await request(Operation.FREEZE));
      await goTo((await now()) + CENTRE_FREEZE);
      expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
      await endFreeze();
      expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
    });

    it("lets the centre freeze again no earlier than had nobody called", async () => {
      const { world, certificateId, request, endFreeze } = await fixture();
      await asCentre(world, await request(Operation.FREEZE));
      const ends = (await now()) + CENTRE_FREEZE;
      await goTo(ends);
      await endFreeze();
      await goTo(ends + CENTRE_FREEZE - 3n);
      await at(ends + CENTRE_FREEZE - 1n);
      const time = ends + CENTRE_FREEZE - 1n;
      const args = [certificateId, AccountType.ISSUING, Operation.FREEZE, Requester.CENTRE, time];
      const freeze = async () => asCentre(world, await request(Operation.FREEZE));
      await refused(world, freeze(), "CertificateLedgerNotAllowed", args, async () => {
        await at(ends + CENTRE_FREEZE);
        return freeze();
      });
    });

    it("reverts for what the holder or the committee froze, however long ago", async () => {
      for (const by of ["holder", "committee"] as const) {
        const { world, certificate, certificateId, request, endFreeze } = await fixture();
        const asked = await request(Operation.FREEZE);
        await (by === "holder" ? asHolder(world, certificate, asked) : asCommittee(world, asked));
        await goTo((await now()) + 300n * DAY);
        const args = [certificateId, AccountType.FREEZING, Operation.UNFREEZE, Requester.ANYONE, ANY];
        await refused(world, endFreeze(), "CertificateLedgerNotAllowed", args);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
      }
    });

    it("reverts for what is not frozen", async () => {
      const { world, certificateId, endFreeze } = await fixture();
      const args = [certificateId, AccountType.ISSUING, Operation.UNFREEZE, Requester.ANYONE, ANY];
      await refused(world, endFreeze(), "CertificateLedgerNotAllowed", args);
    });

    it("reverts once the certificate's time is over, too", async () => {
      const { world, certificateId, notAfter, request, endFreeze } = await fixture();
      await goTo(notAfter - CENTRE_FREEZE - DAY);
      await asCentre(world, await request(Operation.FREEZE));
      await goTo(notAfter + 1n);
      const args = [certificateId, AccountType.FREEZING, Operation.UNFREEZE, Requester.ANYONE, ANY];
      await refused(world, endFreeze(), "CertificateLedgerNotAllowed", args);
    });

    it("reverts for a certificate that never was", async () => {
      const { world } = await fixture();
      const attempt = world.ledger.endFreeze(ZeroHash);
      await refused(world, attempt, "CertificateLedgerCertificateUnknown", [ZeroHash]);
    });
  });
});
