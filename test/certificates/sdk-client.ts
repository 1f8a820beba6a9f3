import { expect } from "chai";

import * as x509 from "../../sdk/src/certificates/index.js";
import {
  applicationIdOf,
  type CertificateError,
  certificateIdOf,
  encodeApproval,
  isRevert,
  reasonCode,
} from "../../sdk/src/index.js";
import {
  admit,
  committee,
  DAY,
  draft,
  ethers,
  issue,
  issued,
  loadCertificates,
  networkHelpers,
  NO_HASH,
  retire,
} from "./sdk-fixture.js";

const { time } = networkHelpers;

async function caught(promise: Promise<unknown>): Promise<CertificateError> {
  return promise.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error as CertificateError,
  );
}

const CENTRE = { as: "CENTRE" } as const;

describe("certificates SDK", () => {
  describe("issuing", () => {
    it("counts the centres' results and issues what they approved, from PEM, with the ledger checking", async () => {
      const hall = await loadCertificates();
      const { stranger } = hall.halls;
      const { application, certificate, result } = await draft(hall, hall.checked);
      const { applicationId } = result;
      const digest = stranger.certificates.resultDigest(result);
      const vote = (index: number, of = digest) => {
        const signature = hall.members[index]!.signingKey.sign(of).compactSerialized;
        return encodeApproval({ scheme: "members", entries: [{ index, kind: "key", signature }] });
      };
      for (const index of [0, 1, 2]) {
        const counting = { application, result, approval: vote(index) };
        const counted = await (await stranger.certificates.countResults(counting)).wait();
        expect(counted).to.deep.include({ signers: [index], contradicted: [], decided: undefined, approved: true });
      }
      const rejection = { ...result, tbsHash: NO_HASH, approved: false, reason: 9 };
      const against = vote(0, stranger.certificates.resultDigest(rejection));
      const contradicting = { application, result: rejection, approval: against };
      const both = await (await stranger.certificates.countResults(contradicting)).wait();
      expect(both).to.deep.include({ signers: [0], contradicted: [0], decided: undefined, approved: false, reason: 9 });
      expect(await stranger.certificates.resultsOf(applicationId, 1)).to.deep.equal({
        approvedBy: [0, 1, 2],
        rejectedBy: [0],
      });
      for (const index of [3, 4]) {
        const counting = { application, result, approval: vote(index) };
        const counted = await (await stranger.certificates.countResults(counting)).wait();
        expect(counted.decided).to.equal(index === 4 ? "APPROVED" : undefined);
      }
      expect(await stranger.certificates.applicationOf(applicationId)).to.equal("APPROVED");

      const pem = x509.toPem(certificate.der, "CERTIFICATE");
      const issuer = x509.toPem(hall.checked.root.der, "CERTIFICATE");
      const transaction = await stranger.certificates.issue({ application, certificate: pem, issuer });
      const { certificateId, ...rest } = await transaction.wait();
      const { contentHash } = certificate;
      expect(certificateId).to.equal(certificateIdOf({ committeeId: hall.committeeId, contentHash }));
      expect(rest).to.deep.equal({
        holder: hall.signers.holder.address,
        centre: hall.checked.number,
        applicationId,
        contentHash,
        subjectKeyHash: application.subjectKeyHash,
        notBefore: application.notBefore,
        notAfter: application.notAfter,
      });
      const [checked] = await stranger.certificates.events({ names: ["IssuerSignatureChecked"] });
      expect(checked?.args).to.deep.equal({ certificateId, serial: BigInt(certificate.serial) });
      expect(await stranger.certificates.certificateOf(certificateId)).to.deep.include({
        certificateId,
        account: hall.checked.number * 256 + 1,
        centre: hall.checked.number,
        accountType: "ISSUING",
        sequence: 1,
        freezeEnds: undefined,
        frozenBy: "ANYONE",
      });
      const held = { committeeId: hall.committeeId, subjectKeyHash: application.subjectKeyHash, certificateId };
      expect(await stranger.certificates.isHeld({ ...held, holder: hall.signers.holder.address })).to.equal(true);
      expect(await stranger.certificates.isHeld({ ...held, holder: hall.signers.stranger.address })).to.equal(false);
    });

    it("issues without a check of the ledger's where the centre's key is of another kind", async () => {
      const hall = await loadCertificates();
      const { certificateId } = await issued(hall, hall.unchecked);
      const { certificates } = hall.halls.stranger;
      expect(await certificates.events({ names: ["IssuerSignatureChecked"] })).to.deep.equal([]);
      expect((await certificates.certificateOf(certificateId)).centre).to.equal(hall.unchecked.number);
    });

    it("takes the centre's SubjectPublicKeyInfo as the issuer", async () => {
      const hall = await loadCertificates();
      const drafted = await draft(hall, hall.checked);
      const root = { ...hall.checked.root, der: hall.checked.root.key.spki };
      const { centre } = await issue(hall, { ...hall.checked, root }, drafted);
      expect(centre).to.equal(hall.checked.number);
    });

    it("refuses without the issuer, and with another one, before anything is sent", async () => {
      const hall = await loadCertificates();
      const { application, certificate } = await draft(hall, hall.checked);
      const { certificates } = hall.halls.stranger;
      const what = { application, certificate: certificate.der };
      const missing = await caught(certificates.issue(what));
      expect(missing).to.deep.include({ name: "CertificateError", code: "CERTIFICATE_ISSUER_MISSING" });
      expect(missing.args).to.deep.equal({
        centre: hall.checked.number,
        issuerKeyHash: hall.checked.root.key.keyHash,
      });
      const stranger = await admit(hall, "P-256", hall.signers.stranger);
      for (const issuer of [stranger.root.der, hall.unchecked.root.der, stranger.root.key.spki]) {
        const other = await caught(certificates.issue({ ...what, issuer }));
        expect(other.code).to.equal("CERTIFICATE_ISSUER_DIFFERS");
        expect(other.args).to.deep.include({ expected: hall.checked.root.key.keyHash });
      }
    });

    it("surfaces what the ledger refuses as a typed error", async () => {
      const hall = await loadCertificates();
      const drafted = await draft(hall, hall.checked);
      const { certificateId } = await issue(hall, hall.checked, drafted);
      const again = await issue(hall, hall.checked, drafted).catch((error: unknown) => error);
      expect(isRevert(again, "CertificateLedgerCertificateExists") && again.args.certificateId).to.equal(certificateId);
      const unknown = await hall.halls.stranger.certificates.certificateOf(NO_HASH).catch((error: unknown) => error);
      expect(isRevert(unknown, "CertificateLedgerCertificateUnknown")).to.equal(true);
      const nobody = await hall.halls.stranger.certificates.centreOf(99).catch((error: unknown) => error);
      expect(isRevert(nobody, "CertificateLedgerCentreUnknown") && nobody.args.centre).to.equal(99n);
    });
  });

  describe("operations", () => {
    it("freezes, unfreezes and revokes as the centre, with the short functions", async () => {
      const hall = await loadCertificates();
      const { certificateId } = await issued(hall);
      const { certificates } = hall.halls.centre;
      const { provider } = hall.halls.centre.context;
      const [issuing, freezing, revocation] = [1, 2, 3].map((type) => hall.checked.number * 256 + type);
      const freezeTx = await certificates.freeze({ certificateId, reason: reasonCode("certificateHold"), by: CENTRE });
      const frozen = await freezeTx.wait();
      expect(frozen).to.deep.equal({
        ...{ certificateId, operation: "FREEZE", requester: "CENTRE", reason: 6 },
        ...{ from: issuing, to: freezing },
      });
      const sent = await provider.getTransaction(freezeTx.hash);
      expect(sent?.data.slice(0, 10)).to.equal(certificates.contract.interface.getFunction("freeze").selector);
      const state = await certificates.certificateOf(certificateId);
      expect(state).to.deep.include({ accountType: "FREEZING", frozenBy: "CENTRE", reason: 6 });
      expect(state.freezeEnds).to.equal(state.movedAt + 7 * DAY);

      const thawed = await (await certificates.unfreeze({ certificateId, by: CENTRE })).wait();
      expect(thawed).to.deep.include({ operation: "UNFREEZE", from: freezing, to: issuing });
      const again = await caught(certificates.freeze({ certificateId, by: CENTRE }));
      expect(again).to.deep.include({ code: "CERTIFICATE_NOT_ALLOWED" });
      expect(again.args).to.deep.include({ from: "ISSUING", operation: "FREEZE", requester: "CENTRE" });
      const revoked = await (await certificates.revoke({ certificateId, reason: 1, by: CENTRE })).wait();
      expect(revoked).to.deep.include({ operation: "REVOKE", from: issuing, to: revocation, reason: 1 });
      const final = await caught(certificates.revoke({ certificateId, by: CENTRE }));
      expect(final.args).to.deep.include({ from: "REVOCATION", operation: "REVOKE" });
    });

    it("does what a centre or a holder signed, whoever sends it", async () => {
      const hall = await loadCertificates();
      const { certificateId, drafted } = await issued(hall);
      const { certificates } = hall.halls.stranger;
      const { subjectKeyHash } = drafted.application;
      const asHolder = { as: "HOLDER", subjectKeyHash, signer: hall.signers.holder } as const;
      const frozen = await (await certificates.freeze({ certificateId, by: asHolder })).wait();
      expect(frozen.requester).to.equal("HOLDER");
      expect((await certificates.certificateOf(certificateId)).freezeEnds).to.equal(undefined);
      const bySigner = { as: "CENTRE", signer: hall.signers.centre } as const;
      const refused = await caught(certificates.unfreeze({ certificateId, by: bySigner }));
      expect(refused.code).to.equal("CERTIFICATE_NOT_ALLOWED");
      // The holder sends it itself.
      const own = { as: "HOLDER", subjectKeyHash } as const;
      await (await hall.halls.holder.certificates.unfreeze({ certificateId, by: own })).wait();
      const revoked = await (await certificates.revoke({ certificateId, by: bySigner })).wait();
      expect(revoked.requester).to.equal("CENTRE");
      const [, request] = await certificates.events({ names: ["RequestConsumed"], id: certificateId });
      expect(request?.name).to.equal("RequestConsumed");
    });

    it("carries a draft to who signs elsewhere, and refuses it once something else happened", async () => {
      const hall = await loadCertificates();
      const { certificateId } = await issued(hall);
      const { certificates } = hall.halls.centre;
      const draftOf = { certificateId, operation: "REVOKE", requester: "CENTRE" } as const;
      const request = await certificates.draftRequest(draftOf);
      await (await certificates.freeze({ certificateId, by: CENTRE })).wait();
      const stale = await caught(certificates.execute({ request, consent: CENTRE }));
      expect(stale.code).to.equal("CERTIFICATE_NOT_HEAD");
      expect(stale.args).to.deep.include({ certificateId, actual: request.previousRecord });
      const fresh = await certificates.draftRequest(draftOf);
      const { to } = await (await certificates.execute({ request: fresh, consent: CENTRE })).wait();
      expect(to).to.equal(hall.checked.number * 256 + 3);
    });

    it("names an argument that is missing or does not belong", async () => {
      const hall = await loadCertificates();
      const { certificateId } = await issued(hall);
      const { certificates } = hall.halls.centre;
      const missing = await caught(
        certificates.draftRequest({ certificateId, operation: "UPDATE", requester: "CENTRE" }),
      );
      expect(missing).to.deep.include({ code: "CERTIFICATE_ARGUMENT" });
      expect(missing.args).to.deep.equal({ operation: "UPDATE", argument: "successorId", given: false });
      const stray = await caught(
        certificates.draftRequest({ certificateId, operation: "FREEZE", requester: "CENTRE", centre: 2 }),
      );
      expect(stray.args).to.deep.equal({ operation: "FREEZE", argument: "centre", given: true });
    });

    it("confirms a freeze and re-homes a certificate by the committee", async () => {
      const hall = await loadCertificates();
      const { certificateId } = await issued(hall);
      await (await hall.halls.centre.certificates.freeze({ certificateId, by: CENTRE })).wait();
      const { certificates } = hall.halls.stranger;
      const by = committee(hall);
      const confirmed = await (await certificates.confirmFreeze({ certificateId, by })).wait();
      expect(confirmed).to.deep.include({ operation: "CONFIRM_FREEZE", requester: "COMMITTEE" });
      const state = await certificates.certificateOf(certificateId);
      expect(state).to.deep.include({ freezeEnds: undefined, frozenBy: "COMMITTEE" });
      const unfrozen = await caught(hall.halls.centre.certificates.unfreeze({ certificateId, by: CENTRE }));
      expect(unfrozen.code).to.equal("CERTIFICATE_NOT_ALLOWED");
      await (await certificates.unfreeze({ certificateId, by })).wait();
      const moved = await (await certificates.rehome({ certificateId, centre: hall.unchecked.number, by })).wait();
      expect(moved).to.deep.include({ operation: "REHOME", to: hall.unchecked.number * 256 + 1 });
      expect((await certificates.certificateOf(certificateId)).centre).to.equal(hall.unchecked.number);
    });

    it("updates to the successor that the committee approved, and follows successors", async () => {
      const hall = await loadCertificates();
      const { certificates } = hall.halls.stranger;
      const first = await issued(hall);
      const second = await issued(hall, hall.checked, { predecessorId: first.certificateId });
      expect(await certificates.successorOf(second.certificateId)).to.equal(undefined);
      expect(await certificates.successorOf(first.certificateId)).to.equal(second.certificateId);
      const update = { certificateId: first.certificateId, successorId: second.certificateId, by: CENTRE };
      await (await hall.halls.centre.certificates.update(update)).wait();
      const third = await issued(hall, hall.checked, { predecessorId: second.certificateId });
      const next = { certificateId: second.certificateId, successorId: third.certificateId, by: CENTRE };
      await (await hall.halls.centre.certificates.update(next)).wait();
      expect(await certificates.successorsOf(first.certificateId)).to.deep.equal([
        { certificateId: second.certificateId, verdict: "SUPERSEDED" },
        { certificateId: third.certificateId, verdict: "VALID" },
      ]);
      const verdict = await certificates.verdictOf(first.certificateId, first.contentHash);
      expect(verdict).to.deep.include({ verdict: "SUPERSEDED", successorId: second.certificateId });
    });

    it("expires and ends a freeze for anyone, and not before", async () => {
      const hall = await loadCertificates();
      const { certificateId, notAfter } = await issued(hall);
      const { certificates } = hall.halls.stranger;
      await (await hall.halls.centre.certificates.freeze({ certificateId, by: CENTRE })).wait();
      const early = await caught(certificates.endFreeze({ certificateId }));
      expect(early.args).to.deep.include({ operation: "UNFREEZE", requester: "ANYONE" });
      await time.increase(7 * DAY);
      const ended = await (await certificates.endFreeze({ certificateId })).wait();
      expect(ended).to.deep.include({ operation: "UNFREEZE", requester: "ANYONE" });
      const notYet = await caught(certificates.expire({ certificateId }));
      expect(notYet.args).to.deep.include({ operation: "EXPIRE", from: "ISSUING" });
      await time.increaseTo(notAfter + 1);
      const { to } = await (await certificates.expire({ certificateId })).wait();
      expect(to).to.equal(hall.checked.number * 256 + 5);
    });
  });

  describe("centres", () => {
    it("tells a centre, and that it was retired", async () => {
      const hall = await loadCertificates();
      const { certificates } = hall.halls.stranger;
      const { number, root, account } = hall.checked;
      const known = {
        centre: number,
        committeeId: hall.committeeId,
        account: account.address,
        issuerKeyHash: root.key.keyHash,
        issuerIsP256: true,
      };
      expect(await certificates.centreOf(number)).to.deep.equal({ ...known, retired: false });
      await retire(hall, number);
      expect(await certificates.centreOf(number)).to.deep.equal({ ...known, retired: true });
    });
  });

  it("gives an application the id that the ledger gives it", async () => {
    const hall = await loadCertificates();
    const { application, applicationId } = { ...(await draft(hall, hall.checked)), ...(await issued(hall)) };
    expect(applicationIdOf({ ...application, predecessorId: ethers.ZeroHash })).to.equal(applicationIdOf(application));
    expect(applicationId).to.match(/^0x[0-9a-f]{64}$/u);
  });
});
