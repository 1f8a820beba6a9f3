import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";

import { compactSignature, membersApproval, NO_KEY, committeeIdOf } from "../helpers/committee.js";
import {
  admit,
  ANY,
  type Application,
  applicationIdOf,
  applicationOf,
  approving,
  at,
  configOf,
  count,
  DAY,
  digestOf,
  ethers,
  FOREIGN_CENTRE,
  goTo,
  loadWorld,
  NONE,
  now,
  OTHER_CENTRE,
  QUORUM,
  refused,
  rejecting,
  resultApproval,
  rotate,
  Status,
  unapproved,
  type World,
} from "../helpers/certificates.js";

const CONTENT = id("content");
const YES = approving({ contentHash: CONTENT });

async function fixture(changes: Partial<Application> = {}) {
  const world = await loadWorld();
  const application = await applicationOf(world, changes);
  const applicationId = applicationIdOf(application);
  const status = async () => world.ledger.applicationOf(applicationId);
  return { world, application, applicationId, status };
}

/** One after the other. */
async function each(world: World, application: Application, result = YES, signers: readonly number[] = QUORUM) {
  for (const signer of signers) await count(world, application, result, { signers: [signer] });
}

describe("CertificateLedger", () => {
  describe("countResults", () => {
    it("approves with the last member of the quorum, and not before", async () => {
      const { world, application, applicationId, status } = await fixture();
      await each(world, application, YES, [6, 0, 3, 1]);
      expect(await status()).to.equal(Status.OPEN);
      const last = count(world, application, YES, { signers: [5] });
      await expect(last).to.emit(world.ledger, "ApplicationDecided").withArgs(applicationId, Status.APPROVED, 1);
      expect(await status()).to.equal(Status.APPROVED);
      expect(await world.ledger.resultsOf(applicationId, 1)).to.deep.equal([0b1101011n, 0n]);
    });

    it("approves at once where a quorum comes together", async () => {
      const { world, application, applicationId } = await fixture();
      await expect(count(world, application, YES))
        .to.emit(world.ledger, "ResultsCounted")
        .withArgs(applicationId, world.committeeId, 1, ZeroHash, CONTENT, true, 0, 0b11111n)
        .and.to.emit(world.ledger, "ApplicationDecided")
        .withArgs(applicationId, Status.APPROVED, 1);
    });

    it("answers with the status", async () => {
      const { world, application } = await fixture();
      const ask = async (result = YES, signers = QUORUM) =>
        world.ledger.countResults.staticCall(
          application,
          result,
          resultApproval(world, application, result, { signers }),
        );
      expect(await ask(YES, [0])).to.equal(Status.OPEN);
      expect(await ask()).to.equal(Status.APPROVED);
      expect(await ask(rejecting(), [0, 1, 2])).to.equal(Status.REJECTED);
    });

    it("rejects exactly when the quorum is out of reach", async () => {
      const { world, application, applicationId, status } = await fixture();
      await each(world, application, rejecting(), [4, 6]);
      // Five of seven are left, which is a quorum.
      expect(await status()).to.equal(Status.OPEN);
      const last = count(world, application, rejecting(), { signers: [0] });
      await expect(last).to.emit(world.ledger, "ApplicationDecided").withArgs(applicationId, Status.REJECTED, 1);
      expect(await status()).to.equal(Status.REJECTED);
    });

    it("rejects a committee that needs everybody by one voice", async () => {
      const { world } = await fixture();
      const members = world.keys.map(({ address }) => address);
      const salt = id("unanimous");
      await world.registry.connect(world.caller).create(salt, ZeroAddress, false, {
        members,
        threshold: 7,
        groupKey: NO_KEY,
      });
      const committeeId = committeeIdOf(world.caller.address, salt);
      await admit(world, configOf(world.stranger), { committeeId, signers: [0, 1, 2, 3, 4, 5, 6] });
      const application = await applicationOf(world, { committeeId, centre: OTHER_CENTRE + 1 });
      await count(world, application, YES, { signers: QUORUM });
      await count(world, application, rejecting(), { signers: [6] });
      expect(await world.ledger.applicationOf(applicationIdOf(application))).to.equal(Status.REJECTED);
    });

    it("counts reasons together, whatever they are", async () => {
      const { world, application, status } = await fixture();
      for (const [reason, signer] of [0, 9, 255].entries()) {
        await count(world, application, rejecting({ reason: signer }), { signers: [reason] });
      }
      expect(await status()).to.equal(Status.REJECTED);
    });

    it("counts approvals of different certificates apart", async () => {
      const { world, application, applicationId, status } = await fixture();
      await each(world, application, YES, [0, 1, 2, 3]);
      await each(world, application, approving({ contentHash: id("another") }), [3, 4, 5, 6]);
      await count(world, application, approving({ tbsHash: CONTENT }), { signers: [4] });
      expect(await status()).to.equal(Status.OPEN);
      expect(await world.ledger.resultsOf(applicationId, 1)).to.deep.equal([0b1111111n, 0n]);
      await count(world, application, YES, { signers: [6] });
      expect(await status()).to.equal(Status.APPROVED);
    });

    describe("given a decision", () => {
      it("keeps an approval, whatever is said afterwards", async () => {
        const { world, application, status } = await fixture();
        await count(world, application, YES);
        await count(world, application, rejecting(), { signers: [0, 1, 2, 3, 4, 5, 6] });
        await count(world, application, approving({ contentHash: id("another") }), { signers: QUORUM });
        expect(await status()).to.equal(Status.APPROVED);
        await world.ledger.issue(application, CONTENT, 1, "0x", NONE);
      });

      it("keeps a rejection, whatever is said afterwards", async () => {
        const { world, application, applicationId, status } = await fixture();
        await count(world, application, rejecting(), { signers: [0, 1, 2] });
        const later = await count(world, application, YES, { signers: [2, 3, 4, 5, 6] });
        await expect(later).to.not.emit(world.ledger, "ApplicationDecided");
        expect(await status()).to.equal(Status.REJECTED);
        const attempt = world.ledger.issue(application, CONTENT, 1, "0x", NONE);
        await refused(world, attempt, "CertificateLedgerApplicationRejected", [applicationId]);
      });
    });

    describe("given a member who signs both ways", () => {
      it("records it, and counts the member as rejecting", async () => {
        const { world, application, applicationId, status } = await fixture();
        await each(world, application, YES, [0, 1, 2, 3]);
        const both = count(world, application, rejecting(), { signers: [3] });
        await expect(both)
          .to.emit(world.ledger, "ResultsContradicted")
          .withArgs(applicationId, world.committeeId, 1, 0b1000n);
        await count(world, application, YES, { signers: [4] });
        // Five approved, one of them took it back.
        expect(await status()).to.equal(Status.OPEN);
        expect(await world.ledger.resultsOf(applicationId, 1)).to.deep.equal([0b11111n, 0b1000n]);
        await count(world, application, YES, { signers: [5] });
        expect(await status()).to.equal(Status.APPROVED);
      });

      it("records it in the other order, too, and names only who did", async () => {
        const { world, application, applicationId, status } = await fixture();
        await count(world, application, rejecting(), { signers: [1, 2] });
        const both = count(world, application, YES, { signers: [0, 1, 3, 4, 5] });
        await expect(both)
          .to.emit(world.ledger, "ResultsContradicted")
          .withArgs(applicationId, world.committeeId, 1, 0b10n);
        expect(await status()).to.equal(Status.OPEN);
        await count(world, application, YES, { signers: [6] });
        expect(await status()).to.equal(Status.APPROVED);
      });

      it("says it once", async () => {
        const { world, application } = await fixture();
        await count(world, application, YES, { signers: [1] });
        await count(world, application, rejecting(), { signers: [1] });
        const again = await count(world, application, rejecting(), { signers: [1, 2] });
        await expect(again).to.not.emit(world.ledger, "ResultsContradicted");
      });

      it("says nothing where nobody did", async () => {
        const { world, application } = await fixture();
        await count(world, application, YES, { signers: [0] });
        const other = await count(world, application, rejecting(), { signers: [1] });
        await expect(other).to.not.emit(world.ledger, "ResultsContradicted");
      });
    });

    describe("given results that were counted", () => {
      it("reverts when all of them were", async () => {
        const { world, application, applicationId } = await fixture();
        await count(world, application, YES, { signers: [0, 1] });
        for (const signers of [[0], [1], [0, 1]]) {
          const bits = signers.reduce((sum, each) => sum + 2 ** each, 0);
          const attempt = count(world, application, YES, { signers });
          await refused(world, attempt, "CertificateLedgerNothingNew", [applicationId, bits]);
        }
      });

      it("reverts when a rejection comes again, under another reason too", async () => {
        const { world, application, applicationId } = await fixture();
        await count(world, application, rejecting(), { signers: [0] });
        const attempt = count(world, application, rejecting({ reason: 1 }), { signers: [0] });
        await refused(world, attempt, "CertificateLedgerNothingNew", [applicationId, 1]);
      });

      it("counts those that are new, and says so of them alone", async () => {
        const { world, application, applicationId, status } = await fixture();
        await count(world, application, YES, { signers: [0, 1, 2, 3] });
        await expect(count(world, application, YES, { signers: [0, 1, 2, 3, 6] }))
          .to.emit(world.ledger, "ResultsCounted")
          .withArgs(applicationId, world.committeeId, 1, ZeroHash, CONTENT, true, 0, 0b1000000n);
        expect(await status()).to.equal(Status.APPROVED);
      });

      it("counts one member once, however often it signs", async () => {
        const { world, application, applicationId, status } = await fixture();
        await count(world, application, YES, { signers: [0, 1, 2, 3] });
        const again = count(world, application, YES, { signers: [3] });
        await refused(world, again, "CertificateLedgerNothingNew", [applicationId, 8]);
        expect(await status()).to.equal(Status.OPEN);
      });
    });

    describe("given two epochs", () => {
      it("adds nothing up across them, though both may approve", async () => {
        const { world, application, applicationId, status } = await fixture();
        const keys = await rotate(world, (await now()) + DAY);
        await count(world, application, YES, { signers: [0, 1, 2, 3] });
        await count(world, application, approving({ contentHash: CONTENT, epoch: 2 }), { signers: [4, 5, 6], keys });
        expect(await status()).to.equal(Status.OPEN);
        expect(await world.ledger.resultsOf(applicationId, 1)).to.deep.equal([0b1111n, 0n]);
        expect(await world.ledger.resultsOf(applicationId, 2)).to.deep.equal([0b1110000n, 0n]);
        await count(world, application, approving({ contentHash: CONTENT, epoch: 2 }), { signers: [0, 1], keys });
        expect(await status()).to.equal(Status.APPROVED);
      });

      it("adds no rejections up across them either", async () => {
        const { world, application, status } = await fixture();
        const keys = await rotate(world, (await now()) + DAY);
        await count(world, application, rejecting(), { signers: [0, 1] });
        await count(world, application, rejecting({ epoch: 2 }), { signers: [2, 3], keys });
        expect(await status()).to.equal(Status.OPEN);
      });

      it("reverts for results of an epoch that is over", async () => {
        const { world, application } = await fixture();
        await count(world, application, YES, { signers: [0, 1, 2, 3] });
        const keys = await rotate(world, 0n);
        const until = await now();
        const attempt = count(world, application, YES, { signers: [4] });
        const args = [world.committeeId, 1, until, ANY];
        await unapproved(world, attempt, "CommitteeEpochOver", args, async () =>
          count(world, application, approving({ contentHash: CONTENT, epoch: 2 }), { keys }),
        );
      });

      it("reverts for the old epoch's members in the new one", async () => {
        const { world, application } = await fixture();
        const keys = await rotate(world, (await now()) + DAY);
        const attempt = count(world, application, approving({ contentHash: CONTENT, epoch: 2 }));
        const args = [world.committeeId, 2, keys[0]!.address];
        await unapproved(world, attempt, "CommitteeWrongSignature", args);
      });

      it("keeps what an epoch decided before it was over", async () => {
        const { world, application } = await fixture();
        await count(world, application, YES);
        await rotate(world, 0n);
        await world.ledger.issue(application, CONTENT, 1, "0x", NONE);
      });
    });

    describe("given wallets among the members", () => {
      async function walletFixture() {
        const fixed = await fixture();
        const { world } = fixed;
        const refusing = await (await ethers.deployContract("RevertingWallet")).getAddress();
        const lying = await (await ethers.deployContract("LyingWallet")).getAddress();
        const [key] = world.keys;
        const members = [refusing, lying, key!.address];
        const salt = id("wallets");
        const config = { members, threshold: 2, groupKey: NO_KEY };
        await world.registry.connect(world.caller).create(salt, ZeroAddress, false, config);
        const committeeId = committeeIdOf(world.caller.address, salt);
        const centreConfig = configOf(world.stranger);
        const admission = { committeeId, epoch: 1, ...centreConfig, salt };
        const digest = digestOf(world.domain, "CentreAdmission", admission);
        const admitting = membersApproval([
          { index: 1, wallet: "0x" },
          { index: 2, key: compactSignature(key!, digest) },
        ]);
        await world.ledger.admitCentre(committeeId, centreConfig, salt, 1, admitting);
        const application = await applicationOf(world, { committeeId, centre: OTHER_CENTRE + 1 });
        return { world, application, applicationId: applicationIdOf(application), key: key!, committeeId };
      }

      it("counts those that accept, and leaves out those that refuse", async () => {
        const { world, application, applicationId, key, committeeId } = await walletFixture();
        const value = { committeeId, applicationId, ...YES };
        const digest = digestOf(world.domain, "CertificationResult", value);
        const approval = membersApproval([
          { index: 0, wallet: "0x" },
          { index: 1, wallet: "0x" },
        ]);
        await expect(world.ledger.countResults(application, YES, approval))
          .to.emit(world.ledger, "ResultsCounted")
          .withArgs(applicationId, committeeId, 1, ZeroHash, CONTENT, true, 0, 0b10n);
        const rest = membersApproval([{ index: 2, key: compactSignature(key, digest) }]);
        await world.ledger.countResults(application, YES, rest);
        expect(await world.ledger.applicationOf(applicationId)).to.equal(Status.APPROVED);
      });

      it("reverts when all refuse", async () => {
        const { world, application, applicationId } = await walletFixture();
        const approval = membersApproval([{ index: 0, wallet: "0x" }]);
        const attempt = world.ledger.countResults(application, YES, approval);
        await refused(world, attempt, "CertificateLedgerNothingNew", [applicationId, 0]);
      });
    });

    describe("given an approval that is none of members", () => {
      it("reverts for the group's signature", async () => {
        const { world, application } = await fixture();
        const attempt = count(world, application, YES, { frost: true });
        await unapproved(world, attempt, "CommitteeWrongScheme", [world.committeeId, 1, "0x02"]);
      });

      it("reverts for a signature of something else", async () => {
        const { world, application } = await fixture();
        const approval = resultApproval(world, application, approving({ contentHash: id("else") }), { signers: [2] });
        const attempt = world.ledger.countResults(application, YES, approval);
        const args = [world.committeeId, 1, world.keys[2]!.address];
        await unapproved(world, attempt, "CommitteeWrongSignature", args);
      });

      it("reverts for nobody", async () => {
        const { world, application, applicationId } = await fixture();
        const attempt = count(world, application, YES, { signers: [] });
        await refused(world, attempt, "CertificateLedgerNothingNew", [applicationId, 0]);
      });
    });

    describe("given a result that says two things", () => {
      const both = approving({ contentHash: CONTENT, tbsHash: CONTENT });
      const cases = {
        "approves without a hash": approving({}),
        "approves two hashes": both,
        "approves with a reason": approving({ contentHash: CONTENT, reason: 1 }),
        "rejects with a content hash": rejecting({ contentHash: CONTENT }),
        "rejects with a hash of to-be-signed bytes": rejecting({ tbsHash: CONTENT }),
        "rejects with both hashes": { ...both, approved: false },
      };
      for (const [name, result] of Object.entries(cases)) {
        it(`reverts when it ${name}`, async () => {
          const { world, application } = await fixture();
          const { approved, tbsHash, contentHash, reason } = result;
          const attempt = count(world, application, result);
          await refused(world, attempt, "CertificateLedgerMalformedResult", [approved, tbsHash, contentHash, reason]);
        });
      }
    });

    describe("given an application that cannot be decided", () => {
      it("reverts from its deadline on, and counts one second before", async () => {
        const { world, application } = await fixture();
        await goTo(application.deadline - 3n);
        await at(application.deadline - 1n);
        await count(world, application, YES, { signers: [0] });
        await at(application.deadline);
        const attempt = count(world, application, YES, { signers: [1] });
        await refused(world, attempt, "CertificateLedgerTooLate", [application.deadline, application.deadline]);
      });

      it("reverts for an unknown centre", async () => {
        const { world, application } = await fixture({ centre: OTHER_CENTRE + 1 });
        const attempt = count(world, application, YES);
        await refused(world, attempt, "CertificateLedgerCentreUnknown", [OTHER_CENTRE + 1]);
      });

      it("reverts for a centre of another committee", async () => {
        const { world, application } = await fixture({ centre: FOREIGN_CENTRE });
        const args = [FOREIGN_CENTRE, world.foreignId, world.committeeId];
        await refused(world, count(world, application, YES), "CertificateLedgerWrongCommittee", args);
      });
    });
  });
});
