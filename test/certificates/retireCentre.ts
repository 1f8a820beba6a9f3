import { expect } from "chai";
import { id } from "ethers";

import {
  applicationOf,
  approvalOf,
  asCentre,
  asCommittee,
  asHolder,
  CENTRE,
  certified,
  count,
  FOREIGN_CENTRE,
  headOf,
  issue,
  issueChecked,
  issued,
  loadWorld,
  Operation,
  OTHER_CENTRE,
  P256_CENTRE,
  QUORUM,
  refused,
  rejecting,
  requestOf,
  retireCentre,
  unapproved,
  Verdict,
  verdictOf,
} from "../helpers/certificates.js";

describe("CertificateLedger", () => {
  describe("retireCentre", () => {
    it("ends a centre that the committee retires, whoever brings it", async () => {
      const world = await loadWorld();
      await expect(retireCentre(world, CENTRE))
        .to.emit(world.ledger, "CentreRetired")
        .withArgs(CENTRE, world.committeeId, 1);
      expect((await world.ledger.centreOf(CENTRE)).retired).to.equal(true);
      expect((await world.ledger.centreOf(OTHER_CENTRE)).retired).to.equal(false);
    });

    it("takes the group's signature as well", async () => {
      const world = await loadWorld();
      await retireCentre(world, CENTRE, { frost: true });
      expect((await world.ledger.centreOf(CENTRE)).retired).to.equal(true);
    });

    it("reverts for a centre that was retired", async () => {
      const world = await loadWorld();
      await retireCentre(world, CENTRE);
      await refused(world, retireCentre(world, CENTRE), "CertificateLedgerCentreIsRetired", [CENTRE]);
    });

    it("reverts for a centre that never was", async () => {
      const world = await loadWorld();
      for (const centre of [0, OTHER_CENTRE + 1]) {
        await refused(world, retireCentre(world, centre), "CertificateLedgerCentreUnknown", [centre]);
      }
    });

    it("reverts for the approval of a committee that the centre does not belong to", async () => {
      const world = await loadWorld();
      const approval = approvalOf(world, "CentreRetirement", {
        committeeId: world.committeeId,
        epoch: 1,
        centre: FOREIGN_CENTRE,
      });
      const attempt = world.ledger.retireCentre(FOREIGN_CENTRE, 1, approval);
      await unapproved(world, attempt, "CommitteeNotMember", [world.foreignId, 1, 2, 4]);
    });

    it("reverts for the approval of another centre's end", async () => {
      const world = await loadWorld();
      const value = { committeeId: world.committeeId, epoch: 1, centre: OTHER_CENTRE };
      const attempt = world.ledger.retireCentre(CENTRE, 1, approvalOf(world, "CentreRetirement", value));
      const args = [world.committeeId, 1, world.keys[0]!.address];
      await unapproved(world, attempt, "CommitteeWrongSignature", args, async () => retireCentre(world, CENTRE));
    });

    it("reverts for too few members", async () => {
      const world = await loadWorld();
      const attempt = retireCentre(world, CENTRE, { signers: QUORUM.slice(1) });
      await unapproved(world, attempt, "CommitteeTooFew", [world.committeeId, 1, 5, 4]);
    });

    describe("given that a centre is retired", () => {
      it("makes what it holds ISSUER_INACTIVE, until that is re-homed", async () => {
        const world = await loadWorld();
        const certificate = await issued(world);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
        await retireCentre(world, CENTRE);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.ISSUER_INACTIVE);
        const centre = BigInt(OTHER_CENTRE);
        await asCommittee(world, await requestOf(world, certificate.certificateId, Operation.REHOME, { centre }));
        expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
      });

      it("lets it issue nothing more", async () => {
        const world = await loadWorld();
        const application = await applicationOf(world);
        const { application: checked, certificate } = await certified(world);
        await retireCentre(world, CENTRE);
        await retireCentre(world, P256_CENTRE);
        const attempt = issue(world, application, id("content"));
        await refused(world, attempt, "CertificateLedgerCentreIsRetired", [CENTRE]);
        const other = issueChecked(world, checked, certificate);
        await refused(world, other, "CertificateLedgerCentreIsRetired", [P256_CENTRE]);
      });

      it("counts no results of applications to it", async () => {
        const world = await loadWorld();
        const application = await applicationOf(world);
        await retireCentre(world, CENTRE);
        const attempt = count(world, application, rejecting());
        await refused(world, attempt, "CertificateLedgerCentreIsRetired", [CENTRE]);
      });

      it("lets it move nothing", async () => {
        const world = await loadWorld();
        const { certificateId } = await issued(world);
        await retireCentre(world, CENTRE);
        const head = await headOf(world, certificateId);
        const ledger = world.ledger.connect(world.centreAccount);
        const request = await requestOf(world, certificateId, Operation.REVOKE);
        for (const attempt of [
          async () => ledger.freeze(certificateId, head, 0),
          async () => ledger.unfreeze(certificateId, head),
          async () => ledger.revoke(certificateId, head, 0),
          async () => asCentre(world, request),
        ]) {
          await refused(world, attempt(), "CertificateLedgerCentreIsRetired", [CENTRE]);
        }
      });

      it("leaves its certificates to the holder and the committee", async () => {
        const world = await loadWorld();
        const certificate = await issued(world);
        await retireCentre(world, CENTRE);
        await asHolder(world, certificate, await requestOf(world, certificate.certificateId, Operation.FREEZE));
        await asCommittee(world, await requestOf(world, certificate.certificateId, Operation.REVOKE));
        expect(await verdictOf(world, certificate)).to.equal(Verdict.REVOKED);
      });
    });
  });
});
