import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";

import {
  type Application,
  applicationOf,
  asCentre,
  asCommittee,
  asHolder,
  at,
  certificateIdOf,
  DAY,
  FOREIGN_CENTRE,
  goTo,
  type Holding,
  issue,
  issued,
  loadWorld,
  NONE,
  now,
  Operation,
  refused,
  requestOf,
  Verdict,
  verdictOf,
} from "../helpers/certificates.js";

const KEY = id("a key that is certified twice");

async function fixture(changes: Partial<Application> = {}) {
  const world = await loadWorld();
  const first = await issued(world, { subjectKeyHash: KEY, ...changes });
  const { certificateId, application } = first;
  const previous: Holding = { certificateId, holder: application.applicant };
  const contentHash = id("the second certificate");
  const { committeeId } = world;
  const second = { certificateId: certificateIdOf(committeeId, contentHash), contentHash };
  /** The key is certified again, by an application that is later. */
  const again = async (given: Partial<Application> = {}, named: Holding = previous) => {
    const deadline = application.deadline + 1n;
    const start = await now();
    const later = await applicationOf(world, {
      subjectKeyHash: KEY,
      deadline: deadline > start + DAY ? deadline : start + DAY,
      ...given,
    });
    return issue(world, later, contentHash, { previous: named });
  };
  const move = async (operation: bigint, request = {}) =>
    asCommittee(world, await requestOf(world, certificateId, operation, request));
  return { world, first, previous, second, again, move, certificateId, application };
}

describe("CertificateLedger", () => {
  describe("subject keys", () => {
    it("have one live certificate under a committee", async () => {
      const { world, again, certificateId } = await fixture();
      await refused(world, again(), "CertificateLedgerSubjectKeyInUse", [KEY, certificateId]);
    });

    it("are in use while the certificate is frozen", async () => {
      const { world, again, move, certificateId } = await fixture();
      await move(Operation.FREEZE);
      await refused(world, again(), "CertificateLedgerSubjectKeyInUse", [KEY, certificateId]);
    });

    it("are in use before the certificate is valid", async () => {
      const { world, again, certificateId } = await fixture({ notBefore: (await now()) + 100n * DAY });
      await refused(world, again(), "CertificateLedgerSubjectKeyInUse", [KEY, certificateId]);
    });

    it("are free once the certificate is revoked", async () => {
      const { world, again, move, second, first } = await fixture();
      await move(Operation.REVOKE);
      await again();
      expect(await verdictOf(world, second)).to.equal(Verdict.VALID);
      expect(await verdictOf(world, first)).to.equal(Verdict.REVOKED);
    });

    it("are free once the certificate is superseded", async () => {
      const { world, again, move, second, certificateId } = await fixture();
      const { certificateId: successorId } = await issued(world, { predecessorId: certificateId });
      await move(Operation.UPDATE, { successorId });
      await again();
      expect(await verdictOf(world, second)).to.equal(Verdict.VALID);
    });

    it("are free once the certificate was moved to expiry", async () => {
      const { world, again, second, certificateId, application } = await fixture({ notAfter: (await now()) + DAY });
      await goTo(application.notAfter + 1n);
      await world.ledger.expire(certificateId);
      await again();
      expect(await verdictOf(world, second)).to.equal(Verdict.VALID);
    });

    it("are free from the second after the certificate's last one, though nobody moved it", async () => {
      const { world, application, again, second, certificateId } = await fixture({ notAfter: (await now()) + DAY });
      await goTo(application.notAfter - 2n);
      await at(application.notAfter);
      await refused(world, again(), "CertificateLedgerSubjectKeyInUse", [KEY, certificateId], async () => {
        await at(application.notAfter + 1n);
        return again();
      });
      expect(await verdictOf(world, second)).to.equal(Verdict.VALID);
    });

    it("leave the first certificate over for good: nothing brings it back beside the second", async () => {
      const { world, first, application, again, second, certificateId } = await fixture({
        notAfter: (await now()) + 2n * DAY,
      });
      await goTo(application.notAfter - DAY);
      await asCentre(world, await requestOf(world, certificateId, Operation.FREEZE));
      await goTo(application.notAfter + 1n);
      await again();
      for (const operation of [Operation.UNFREEZE, Operation.CONFIRM_FREEZE]) {
        const attempt = asCommittee(world, await requestOf(world, certificateId, operation));
        await expect(attempt).to.be.revertedWithCustomError(world.ledger, "CertificateLedgerNotAllowed");
      }
      expect(await verdictOf(world, first)).to.equal(Verdict.EXPIRED);
      expect(await verdictOf(world, second)).to.equal(Verdict.VALID);
    });

    it("belong to the second certificate's holder afterwards, not to the first one's", async () => {
      const { world, first, again, move, second } = await fixture({ applicant: (await loadWorld()).holder.address });
      await move(Operation.REVOKE);
      await again({ applicant: world.stranger.address });
      const request = await requestOf(world, second.certificateId, Operation.FREEZE);
      const args = [second.certificateId, KEY, world.holder.address];
      await refused(world, asHolder(world, first, request), "CertificateLedgerNotHolder", args);
      await world.ledger.connect(world.stranger).executeAsHolder(request, KEY, world.stranger.address, "0x");
      expect(await verdictOf(world, second)).to.equal(Verdict.FROZEN);
    });

    it("revert when the caller does not name the last certificate and its holder", async () => {
      const { world, again, move, previous } = await fixture();
      await move(Operation.REVOKE);
      const { stranger } = world;
      for (const named of [
        NONE,
        { ...previous, holder: stranger.address },
        { ...previous, holder: ZeroAddress },
        { ...previous, certificateId: ZeroHash },
        { ...previous, certificateId: id("another") },
      ]) {
        const args = [KEY, named.certificateId, named.holder];
        await refused(world, again({}, named), "CertificateLedgerWrongPrevious", args);
      }
      await again();
    });

    it("revert when the caller names the one before the last", async () => {
      const { world, again, move, previous, second, application } = await fixture();
      await move(Operation.REVOKE);
      await again();
      await asCommittee(world, await requestOf(world, second.certificateId, Operation.REVOKE));
      const third = await applicationOf(world, { subjectKeyHash: KEY, deadline: application.deadline + 2n });
      const attempt = issue(world, third, id("the third certificate"), { previous });
      const args = [KEY, previous.certificateId, previous.holder];
      await refused(world, attempt, "CertificateLedgerWrongPrevious", args, async () =>
        issue(world, third, id("the third certificate"), {
          previous: { certificateId: second.certificateId, holder: third.applicant },
        }),
      );
    });

    it("revert for an application that is no later than the last one", async () => {
      const { world, again, move, application } = await fixture();
      await move(Operation.REVOKE);
      for (const deadline of [application.deadline, application.deadline - 1n]) {
        const args = [KEY, application.deadline, deadline];
        await refused(world, again({ deadline }), "CertificateLedgerApplicationOutdated", args);
      }
      await again({ deadline: application.deadline + 1n });
    });

    it("need no previous certificate where there was none, whatever the caller names", async () => {
      const { world, previous } = await fixture();
      const application = await applicationOf(world, { subjectKeyHash: id("a new key") });
      await issue(world, application, id("content"), { previous });
    });

    it("are apart under different committees, live at once", async () => {
      const { world, first } = await fixture();
      const foreign = await issued(world, {
        subjectKeyHash: KEY,
        committeeId: world.foreignId,
        centre: FOREIGN_CENTRE,
      });
      expect(await verdictOf(world, first)).to.equal(Verdict.VALID);
      expect(await verdictOf(world, foreign)).to.equal(Verdict.VALID);
      await asHolder(world, foreign, await requestOf(world, foreign.certificateId, Operation.REVOKE));
      expect(await verdictOf(world, first)).to.equal(Verdict.VALID);
    });
  });
});
