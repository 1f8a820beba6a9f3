import { expect } from "chai";
import { id } from "ethers";

import { tags } from "../../sdk/src/certificates/x509/der/DerNode.js";
import { writeDer } from "../../sdk/src/certificates/x509/der/writeDer.js";
import { writeOid } from "../../sdk/src/certificates/x509/der/writeOid.js";
import * as x509 from "../../sdk/src/certificates/index.js";
import { writeExtension } from "../../sdk/src/certificates/x509/writeExtension.js";
import { makeIssuer, makePapers, type Papers, partsOf, party, refusalOf, tbsOf, validity } from "../helpers/x509.js";

describe("certificates", () => {
  describe("checkApplication", () => {
    let papers: Papers;
    let given: x509.ApplicationPapers;

    before(async () => {
      papers = await makePapers({ dns: ["node7.example", "alias.example"] });
      const { application, request, draft } = papers;
      given = { application, request: request.der, draft: { tbs: draft.tbs }, chainId: party.chainId };
    });

    const withDraft = (change: Partial<x509.TbsParameters>): x509.ApplicationPapers => {
      const parameters = { request: papers.request, issuer: papers.issuer.certificate, serial: 1n, ...validity };
      return { ...given, draft: { tbs: x509.createTbs({ ...parameters, ...change }).tbs } };
    };
    /** The draft with one of its extensions replaced by others, or with others added. */
    const withExtensions = (replaced: string, ...added: readonly Uint8Array[]): x509.ApplicationPapers => {
      const parts = partsOf(papers.draft.tbs);
      const own = partsOf(partsOf(parts[7]!)[0]!).filter(
        (each) => !Buffer.from(each).includes(Buffer.from(writeOid(replaced))),
      );
      return {
        ...given,
        draft: { tbs: tbsOf(parts.with(7, writeDer(0xa3, writeDer(tags.sequence, ...own, ...added)))) },
      };
    };

    it("accepts papers that agree, with the part to be signed", async () => {
      const { request, tbs, contentHash } = await x509.checkApplication(given);
      expect(request.possessionHash).to.equal(papers.application.possessionHash);
      expect(tbs.tbsHash).to.equal(papers.draft.tbsHash);
      expect(contentHash).to.equal(`0x${"00".repeat(32)}`);
    });

    it("accepts papers that agree, with the signed certificate", async () => {
      const certificate = await x509.signTbs(papers.draft.tbs, papers.issuer.key);
      const checked = await x509.checkApplication({ ...given, draft: { certificate } });
      expect(checked.tbs.tbsHash).to.equal(papers.draft.tbsHash);
      expect(checked.contentHash).to.equal(x509.parseCertificate(certificate).contentHash);
    });

    it("accepts a draft for fewer names than were asked for", async () => {
      await x509.checkApplication(withDraft({ names: { dns: ["alias.example"] } }));
    });

    it("refuses a request of another account, and one of another chain", async () => {
      const applicant = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
      const application = { ...papers.application, applicant };
      await refusalOf(x509.checkApplication({ ...given, application }), "REQUEST_OTHER_ACCOUNT");
      await refusalOf(x509.checkApplication({ ...given, chainId: 5n }), "REQUEST_OTHER_ACCOUNT");
    });

    it("refuses another request than the one that the application names", async () => {
      const error = await refusalOf(
        x509.checkApplication({ ...given, application: { ...papers.application, possessionHash: id("another") } }),
        "APPLICATION_POSSESSION",
      );
      expect(error.args).to.deep.equal({ expected: id("another"), actual: papers.request.possessionHash });
    });

    it("refuses another key in the request, and in the draft", async () => {
      const application = { ...papers.application, subjectKeyHash: id("another") };
      const error = await refusalOf(x509.checkApplication({ ...given, application }), "APPLICATION_SUBJECT_KEY");
      expect(error.args["part"]).to.equal("request");
      const other = await makePapers();
      const request = { ...other.request, subject: papers.request.subject, extensions: papers.request.extensions };
      const inDraft = await refusalOf(x509.checkApplication(withDraft({ request })), "APPLICATION_SUBJECT_KEY");
      expect(inDraft.args["part"]).to.equal("draft");
    });

    it("refuses another subject", async () => {
      const root = await makeIssuer("P-256", "somebody else");
      const request = { ...papers.request, subject: root.certificate.subject };
      const error = await refusalOf(x509.checkApplication(withDraft({ request })), "APPLICATION_SUBJECT");
      expect(error.args).to.deep.equal({ expected: "CN=node 7", actual: "CN=somebody else" });
    });

    it("refuses a period that is a second longer or shorter", async () => {
      for (const change of [
        { notBefore: validity.notBefore - 1 },
        { notBefore: validity.notBefore + 1 },
        { notAfter: validity.notAfter - 1 },
        { notAfter: validity.notAfter + 1 },
      ]) {
        await refusalOf(x509.checkApplication(withDraft(change)), "APPLICATION_VALIDITY");
      }
    });

    it("refuses names that nobody asked for, of every kind", async () => {
      for (const [names, stranger] of [
        [{ dns: ["bank.example"] }, "dns bank.example"],
        [{ ip: ["192.0.2.1"] }, "ip 192.0.2.1"],
        [{ uri: ["urn:x"] }, "uri urn:x"],
        [{ email: ["a@b.example"] }, "email a@b.example"],
      ] as const) {
        const error = await refusalOf(x509.checkApplication(withDraft({ names })), "APPLICATION_NAMES");
        expect(error.args).to.deep.equal({ strangers: [stranger] });
      }
      const other = writeExtension("2.5.29.17", writeDer(tags.sequence, writeDer(0x88, Uint8Array.of(0x2a, 3))));
      const error = await refusalOf(x509.checkApplication(withExtensions("2.5.29.17", other)), "APPLICATION_NAMES");
      expect(error.args).to.deep.equal({ strangers: ["1 of other kinds"] });
    });

    it("refuses a draft that gives authority, another use, or what cannot be read", async () => {
      const isCa = writeDer(tags.sequence, writeDer(tags.boolean, Uint8Array.of(0xff)));
      const codeSigning = writeDer(tags.sequence, writeOid("1.3.6.1.5.5.7.3.3"));
      for (const [changed, excess] of [
        [withExtensions("2.5.29.19", writeExtension("2.5.29.19", isCa)), "to be an authority"],
        [withExtensions("2.5.29.15", writeExtension("2.5.29.15", Uint8Array.of(3, 2, 2, 4))), "to sign certificates"],
        [withExtensions("2.5.29.37", writeExtension("2.5.29.37", codeSigning)), "the use 1.3.6.1.5.5.7.3.3"],
        [withExtensions("1.2.3", writeExtension("1.2.3", Uint8Array.of(5, 0), true)), "the critical extension 1.2.3"],
      ] as const) {
        const error = await refusalOf(x509.checkApplication(changed), "APPLICATION_AUTHORITY");
        expect(error.args).to.deep.equal({ extension: excess });
      }
    });

    it("refuses papers that cannot be read", async () => {
      await refusalOf(x509.checkApplication({ ...given, request: new Uint8Array() }), "CERT_PEM");
      await refusalOf(x509.checkApplication({ ...given, draft: { tbs: new Uint8Array() } }), "CERT_NOT_DER");
      const certificate = { certificate: papers.draft.tbs };
      await refusalOf(x509.checkApplication({ ...given, draft: certificate }), "CERT_MALFORMED");
    });
  });
});
