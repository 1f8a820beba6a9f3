import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { type BaseWallet, hexlify, id, JsonRpcProvider, TypedDataEncoder, Wallet } from "ethers";

import { mutableTypes } from "../../sdk/src/core/signatures/hashTyped.js";
import type { Submission } from "../../sdk/src/certificates/centres/Submission.js";
import * as x509 from "../../sdk/src/certificates/index.js";
import type { SignedResult } from "../../sdk/src/certificates/index.js";
import {
  type CentreLogEntry,
  type CentreService,
  type CentreServiceOptions,
  createCentreService,
  type DecisionStore,
  type IdentityVerdict,
  openDecisionStore,
} from "../../sdk/src/node/certificates/index.js";
import { type CertificatesPlace, hashTyped } from "../../sdk/src/index.js";
import { applicant, applicationIdOf, place, signerOf, submit } from "../helpers/centres.js";
import { makePapers, now, type Papers, party, validity } from "../helpers/x509.js";

type Reply = { readonly status: number; readonly body: unknown };

describe("certificates", () => {
  describe("createCentreService", () => {
    let folder: string;
    let papers: Papers;
    let submission: Submission;
    let key: x509.CentreKey;
    let store: DecisionStore;
    let service: CentreService;
    let log: CentreLogEntry[];
    let asked: number;
    let verdict: () => Promise<IdentityVerdict>;
    let time: bigint;
    let sign: CentreServiceOptions["signResult"];
    let applicationId: string;

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), "guildhall-centre-"));
      papers = await makePapers();
      key = await x509.createCentreKey();
    });
    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    const start = async (change: Partial<CentreServiceOptions> = {}): Promise<CentreService> =>
      createCentreService({
        committeeId: papers.application.committeeId,
        epoch: 3,
        centre: 2,
        chainId: party.chainId,
        ledger: place.contract,
        secretKey: key.secretKey,
        applicationIdOf,
        signResult: async (result) => sign(result),
        checkIdentity: async ({ identification }) => {
          asked += 1;
          expect(identification["name"]).to.equal("Personal Name");
          return verdict();
        },
        store,
        clock: async () => Promise.resolve(time),
        log: (entry) => log.push(entry),
        ...change,
      });

    beforeEach(async () => {
      const { application, request, draft, identification, salt } = papers;
      const [envelope] = await x509.sealIdentification(identification, salt, [{ centre: 2, publicKey: key.publicKey }]);
      const papersOnly = { application, request: hexlify(request.der), tbs: hexlify(draft.tbs) };
      submission = { ...papersOnly, ...(await signed({ application, envelope: envelope! })) };
      store = openDecisionStore(join(folder, `${Math.random()}.sqlite`));
      [log, asked, time] = [[], 0, BigInt(now)];
      verdict = async () => Promise.resolve({ verdict: "approve" });
      sign = signerOf(2).signResult;
      applicationId = applicationIdOf(application);
      service = await start();
    });
    afterEach(async () => {
      await service.close();
      store.close();
    });

    /** The papers as this party submits them. */
    const signed = async (
      { application, envelope }: Pick<Submission, "application" | "envelope">,
      { by = applicant, ledger = place }: { readonly by?: BaseWallet; readonly ledger?: CertificatesPlace } = {},
    ): Promise<Pick<Submission, "application" | "envelope" | "envelopes" | "signature">> => {
      const signature = await submit(application, [envelope], by, ledger);
      return { application, envelope, envelopes: [x509.envelopeHash(envelope)], signature };
    };
    const post = async (body: unknown, type = "application/json"): Promise<Reply> => {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const headers = { "content-type": type };
      const response = await fetch(`${service.url}/applications`, { method: "POST", body: text, headers });
      return { status: response.status, body: await response.json() };
    };
    const get = async (path: string, method = "GET"): Promise<Reply> => {
      const response = await fetch(`${service.url}${path}`, { method });
      return { status: response.status, body: await response.json() };
    };
    const codeOf = ({ body }: Reply): string => (body as { error: { code: string } }).error.code;
    const resultOf = ({ body }: Reply): SignedResult => body as SignedResult;

    it("listens on the loopback address alone", () => {
      expect(service.url).to.match(/^http:\/\/127\.0\.0\.1:[0-9]+$/);
    });

    it("approves with its signed result, and gives the same to whoever asks again", async () => {
      const first = await post(submission);
      expect(first.status).to.equal(200);
      expect(resultOf(first).result).to.deep.equal({
        committeeId: papers.application.committeeId,
        epoch: 3,
        applicationId,
        tbsHash: papers.draft.tbsHash,
        contentHash: `0x${"00".repeat(32)}`,
        approved: true,
        reason: 0,
      });
      expect(signerOf(2).verify(resultOf(first))).to.equal(true);
      expect(await post(submission)).to.deep.equal(first);
      expect(await get(`/applications/${applicationId}`)).to.deep.equal(first);
      expect(asked).to.equal(1);
    });

    it("gives out what it signed without signing again", async () => {
      const first = await post(submission);
      sign = async () => Promise.reject(new TypeError("the signer is away"));
      expect(await post(submission)).to.deep.equal(first);
      expect(await get(`/applications/${applicationId}`)).to.deep.equal(first);
    });

    it("certifies a certificate that is signed already by its content hash", async () => {
      const certificate = await x509.signTbs(papers.draft.tbs, papers.issuer.key);
      const { tbs: _tbs, ...rest } = submission;
      const { result } = resultOf(await post({ ...rest, certificate: hexlify(certificate) }));
      expect(result.contentHash).to.equal(x509.parseCertificate(certificate).contentHash);
      // The ledger takes exactly one.
      expect(result.tbsHash).to.equal(`0x${"00".repeat(32)}`);
    });

    it("rejects with its reason, and never approves afterwards", async () => {
      verdict = async () => Promise.resolve({ verdict: "reject", reason: 7 });
      const first = await post(submission);
      expect(resultOf(first).result).to.include({ approved: false, reason: 7 });
      verdict = async () => Promise.resolve({ verdict: "approve" });
      expect(await post(submission)).to.deep.equal(first);
      expect(asked).to.equal(1);
    });

    it("stays undecided as long as its check is, and keeps nothing of it", async () => {
      verdict = async () => Promise.resolve({ verdict: "undecided" });
      expect(await post(submission)).to.deep.equal({ status: 202, body: { status: "undecided" } });
      expect(store.find(applicationId)).to.equal(undefined);
      expect(codeOf(await get(`/applications/${applicationId}`))).to.equal("CENTRE_NO_RESULT");
      verdict = async () => Promise.resolve({ verdict: "approve" });
      expect(resultOf(await post(submission)).result.approved).to.equal(true);
    });

    it("asks once and answers alike when one application comes twice at a time", async () => {
      const answers: IdentityVerdict[] = [{ verdict: "approve" }, { verdict: "reject", reason: 1 }];
      verdict = async () => Promise.resolve(answers.shift()!);
      const [first, second] = await Promise.all([post(submission), post(submission)]);
      expect(second).to.deep.equal(first);
      expect(asked).to.equal(1);
    });

    it("answers alike from two processes' worth of services on one store that decide differently", async () => {
      const other = await start({ checkIdentity: async () => Promise.resolve({ verdict: "reject", reason: 1 }) });
      const headers = { "content-type": "application/json" };
      const ask = async (url: string): Promise<unknown> =>
        (await fetch(`${url}/applications`, { method: "POST", body: JSON.stringify(submission), headers })).json();
      const [first, second] = await Promise.all([ask(service.url), ask(other.url)]);
      await other.close();
      expect(second).to.deep.equal(first);
    });

    it("keeps its decision when signing fails, and signs the same later", async () => {
      sign = async () => Promise.reject(new TypeError("the signer is away"));
      const failed = await post(submission);
      expect([failed.status, codeOf(failed)]).to.deep.equal([503, "CENTRE_UNAVAILABLE"]);
      expect(store.find(applicationId)).to.include({ approved: true });
      [sign, verdict] = [signerOf(2).signResult, async () => Promise.resolve({ verdict: "reject", reason: 1 })];
      expect(resultOf(await post(submission)).result.approved).to.equal(true);
      expect(asked).to.equal(1);
    });

    it("signs the same decision anew for a new epoch", async () => {
      await post(submission);
      verdict = async () => Promise.resolve({ verdict: "reject", reason: 1 });
      await service.close();
      service = await start({ epoch: 4 });
      expect(resultOf(await post(submission)).result).to.include({ approved: true, epoch: 4 });
    });

    it("decides nothing when its check of identities fails, or rejects without a reason", async () => {
      verdict = async () => Promise.reject(new TypeError("Personal Name could not be looked up"));
      const failed = await post(submission);
      expect([failed.status, codeOf(failed)]).to.deep.equal([503, "CENTRE_UNAVAILABLE"]);
      expect(JSON.stringify(failed.body)).to.not.contain("Personal");
      for (const reason of [0, 65_536, 1.5]) {
        verdict = async () => Promise.resolve({ verdict: "reject", reason });
        expect(codeOf(await post(submission))).to.equal("CENTRE_REASON");
      }
      expect(store.find(applicationId)).to.equal(undefined);
    });

    it("decides before the deadline and not at it, also where its check outlasts it", async () => {
      time = BigInt(papers.application.deadline);
      const late = await post(submission);
      expect([late.status, codeOf(late)]).to.deep.equal([410, "APPLICATION_DEADLINE"]);
      expect(asked).to.equal(0);
      time -= 1n;
      verdict = async () => {
        time += 1n;
        return Promise.resolve({ verdict: "approve" });
      };
      expect(codeOf(await post(submission))).to.equal("APPLICATION_DEADLINE");
      expect(store.find(applicationId)).to.equal(undefined);
      time -= 1n;
      verdict = async () => Promise.resolve({ verdict: "approve" });
      const decided = await post(submission);
      time += 1_000n;
      expect(await post(submission)).to.deep.equal(decided);
    });

    it("says so when it cannot tell the time", async () => {
      await service.close();
      service = await start({ clock: async () => Promise.reject(new TypeError("no node")) });
      expect(codeOf(await post(submission))).to.equal("CENTRE_UNAVAILABLE");
    });

    it("refuses another draft for what it decided", async () => {
      await post(submission);
      const parameters = { request: papers.request, issuer: papers.issuer.certificate, ...validity };
      const other = x509.createTbs({ ...parameters, serial: x509.randomSerial() });
      const reply = await post({ ...submission, tbs: hexlify(other.tbs) });
      expect([reply.status, codeOf(reply)]).to.deep.equal([409, "CENTRE_DECIDED_OTHERWISE"]);
      const { tbs: _tbs, ...rest } = submission;
      const certificate = hexlify(await x509.signTbs(papers.draft.tbs, papers.issuer.key));
      expect(codeOf(await post({ ...rest, certificate }))).to.equal("CENTRE_DECIDED_OTHERWISE");
    });

    it("refuses papers that do not agree, and decides nothing about them", async () => {
      const { application, envelope } = submission;
      const other = await makePapers();
      const [elsewhere] = await x509.sealIdentification(papers.identification, papers.salt, [
        { centre: 3, publicKey: key.publicKey },
      ]);
      const [otherIdentity] = await x509.sealIdentification({ name: "B" }, papers.salt, [
        { centre: 2, publicKey: key.publicKey },
      ]);
      const named: Readonly<Record<string, object>> = {
        APPLICATION_OTHER_COMMITTEE: { expected: application.committeeId, actual: id("another") },
        APPLICATION_ENVELOPE: { expected: 2, actual: 3 },
        APPLICATION_IDENTITY: { expected: application.identityHash, actual: otherIdentity!.identityHash },
      };
      const cases: readonly (readonly [Partial<Submission>, string])[] = [
        [{ application: { ...application, committeeId: id("another") } }, "APPLICATION_OTHER_COMMITTEE"],
        [{ request: hexlify(other.request.der) }, "APPLICATION_POSSESSION"],
        [{ tbs: hexlify(other.draft.tbs) }, "APPLICATION_SUBJECT_KEY"],
        [{ envelope: elsewhere! }, "APPLICATION_ENVELOPE"],
        [{ envelope: otherIdentity! }, "APPLICATION_IDENTITY"],
        [await signed({ application, envelope: { ...envelope, sealed: `0x${"00".repeat(64)}` } }), "IDENTITY_SEALED"],
        [{ request: "0x3000" }, "CERT_MALFORMED"],
        [{ certificate: submission.tbs! }, "CENTRE_DRAFT"],
      ];
      for (const [change, code] of cases) {
        const reply = await post({ ...submission, ...change });
        expect([reply.status, codeOf(reply)]).to.deep.equal([422, code]);
        const { args } = (reply.body as { error: { args: unknown } }).error;
        if (code in named) expect(args).to.deep.equal(named[code]);
      }
      const { tbs: _tbs, ...rest } = submission;
      expect(codeOf(await post(rest))).to.equal("CENTRE_DRAFT");
      expect(asked).to.equal(0);
      expect(store.find(applicationId)).to.equal(undefined);
      expect(resultOf(await post(submission)).result.approved).to.equal(true);
    });

    describe("given who submits", () => {
      const stranger = new Wallet(id("a stranger"));
      const refused = async (change: Partial<Submission>): Promise<readonly [number, string]> => {
        const reply = await post({ ...submission, ...change });
        return [reply.status, codeOf(reply)];
      };
      afterEach(async () => {
        // Whatever was refused, the applicant is still served.
        expect([asked, store.find(applicationId)]).to.deep.equal([0, undefined]);
        expect(resultOf(await post(submission)).result.approved).to.equal(true);
      });

      it("refuses what anybody but the applicant signed, or the applicant for another ledger or chain", async () => {
        const elsewhere = { ...place, contract: "0x00000000000000000000000000000000000000C2" };
        for (const { signature } of [
          await signed(submission, { by: stranger }),
          await signed(submission, { ledger: elsewhere }),
          await signed(submission, { ledger: { ...place, chainId: 5n } }),
          { signature: `0x${"00".repeat(65)}` },
          { signature: "0x12" },
        ]) {
          expect(await refused({ signature })).to.deep.equal([403, "APPLICATION_SUBMITTER"]);
        }
        const reply = await post({ ...submission, ...(await signed(submission, { by: stranger })) });
        const args = { applicant: applicant.address, problem: "NEEDS_PROVIDER" };
        expect(reply.body).to.have.nested.property("error.args").that.deep.equals(args);
      });

      it("refuses its envelope where it is signed as another centre's, and takes it among those of others", async () => {
        const { application, envelope } = submission;
        const { hash } = x509.envelopeHash(envelope);
        for (const envelopes of [[{ centre: 3, hash }], []]) {
          const reply = await post({ ...submission, envelopes, signature: await submit(application, []) });
          expect([reply.status, codeOf(reply)]).to.deep.equal([403, "APPLICATION_ENVELOPE_UNSIGNED"]);
          expect(reply.body).to.have.nested.property("error.args").that.deep.equals({ centre: 2, hash });
        }
        const theirs = { ...envelope, centre: 3 };
        const signature = await submit(application, [theirs, envelope]);
        const envelopes = [theirs, envelope].map((each) => x509.envelopeHash(each));
        submission = { ...submission, envelopes, signature };
      });

      it("refuses an application that somebody made of the applicant's own papers", async () => {
        for (const change of [{ notAfter: validity.notAfter + 1 }, { deadline: now + 2_000 }, { centre: 7 }]) {
          const application = { ...submission.application, ...change };
          expect(await refused({ application })).to.deep.equal([403, "APPLICATION_SUBMITTER"]);
        }
      });

      it("refuses another identification for somebody's application, whoever submits it, and does not reject for it", async () => {
        verdict = async () => Promise.resolve({ verdict: "reject", reason: 1 });
        const { application } = submission;
        const [other] = await x509.sealIdentification({ name: "B" }, papers.salt, [
          { centre: 2, publicKey: key.publicKey },
        ]);
        const envelope = { ...other!, identityHash: application.identityHash };
        expect(await refused({ envelope })).to.deep.equal([403, "APPLICATION_ENVELOPE_UNSIGNED"]);
        const strangers = await signed({ application, envelope }, { by: stranger });
        expect(await refused(strangers)).to.deep.equal([403, "APPLICATION_SUBMITTER"]);
        expect(await refused(await signed({ application, envelope }))).to.deep.equal([422, "IDENTITY_SEALED"]);
        verdict = async () => Promise.resolve({ verdict: "approve" });
      });

      it("refuses what was signed for another centre", async () => {
        const { application, identification, salt } = { ...papers, ...submission };
        const [elsewhere] = await x509.sealIdentification(identification, salt, [
          { centre: 3, publicKey: key.publicKey },
        ]);
        const theirs = await signed({ application, envelope: elsewhere! });
        expect(await refused(theirs)).to.deep.equal([422, "APPLICATION_ENVELOPE"]);
        const envelope = { ...elsewhere!, centre: 2 };
        expect(await refused({ ...theirs, envelope })).to.deep.equal([403, "APPLICATION_ENVELOPE_UNSIGNED"]);
        const envelopes = [x509.envelopeHash(envelope)];
        expect(await refused({ ...theirs, envelope, envelopes })).to.deep.equal([403, "APPLICATION_SUBMITTER"]);
      });

      it("opens nothing of a stranger's", async () => {
        const { application, envelope } = submission;
        const sealed = { application, envelope: { ...envelope, sealed: `0x${"00".repeat(64)}` } };
        const strangers = { ...(await signed(sealed, { by: stranger })), request: "0x3000", tbs: "0x3000" };
        expect(await refused(strangers)).to.deep.equal([403, "APPLICATION_SUBMITTER"]);
      });
    });

    it("keeps no stranger waiting for what the applicant is waiting for", async () => {
      const decided = Promise.withResolvers<IdentityVerdict>();
      const looking = Promise.withResolvers<undefined>();
      verdict = async () => {
        looking.resolve(undefined);
        return decided.promise;
      };
      const own = post(submission);
      await looking.promise;
      const { signature } = await signed(submission, { by: new Wallet(id("a stranger")) });
      expect((await post({ ...submission, signature })).status).to.equal(403);
      decided.resolve({ verdict: "approve" });
      expect((await own).status).to.equal(200);
    });

    it("says so when it cannot ask the applicant's wallet", async () => {
      const provider = new JsonRpcProvider("http://127.0.0.1:9", 31_337, { staticNetwork: true });
      await service.close();
      service = await start({ provider });
      const { signature } = await signed(submission, { by: new Wallet(id("a stranger")) });
      const reply = await post({ ...submission, signature });
      expect([reply.status, codeOf(reply)]).to.deep.equal([503, "CENTRE_UNAVAILABLE"]);
      const args = { step: "ask the applicant's wallet" };
      expect(reply.body).to.have.nested.property("error.args").that.deep.equals(args);
      provider.destroy();
    });

    it("refuses by name what is no submission", async () => {
      for (const [body, code] of [
        ["", "DOCUMENT_NOT_JSON"],
        ["{", "DOCUMENT_NOT_JSON"],
        ["[]", "DOCUMENT_WRONG_TYPE"],
        ["{}", "DOCUMENT_MISSING_FIELD"],
        [{ ...submission, more: 1 }, "DOCUMENT_UNKNOWN_FIELD"],
        [{ ...submission, application: { ...submission.application, deadline: -1 } }, "DOCUMENT_OUT_OF_RANGE"],
        [JSON.stringify(submission).replace("{", '{"tbs":"0x3000",'), "DOCUMENT_DUPLICATE_KEY"],
      ] as const) {
        expect(codeOf(await post(body))).to.equal(code);
      }
      expect(codeOf(await post(submission, "text/plain"))).to.equal("CENTRE_NOT_JSON");
      expect(codeOf(await get("/"))).to.equal("CENTRE_NOT_FOUND");
      expect(codeOf(await get("/applications/0x12"))).to.equal("CENTRE_NOT_FOUND");
      expect(codeOf(await get("/applications"))).to.equal("CENTRE_METHOD");
      expect(codeOf(await get(`/applications/${applicationId}`, "DELETE"))).to.equal("CENTRE_METHOD");
    });

    it("reads no more of a body than it may, said or unsaid", async () => {
      const body = JSON.stringify({ ...submission, more: "x".repeat(131_072) });
      const reply = await post(body);
      expect([reply.status, codeOf(reply)]).to.deep.equal([413, "CENTRE_BODY_TOO_LARGE"]);
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const headers = { "content-type": "application/json", "transfer-encoding": "chunked" };
        const sent = httpRequest(`${service.url}/applications`, { method: "POST", headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.once("error", reject);
        sent.write(body.slice(0, 140_000));
      });
      expect(status).to.equal(413);
    });

    it("logs and stores nothing of an identification", async () => {
      await post(submission);
      await post({ ...submission, request: "0x3000" });
      await get(`/applications/${applicationId}`);
      expect(log.map(({ outcome }) => outcome)).to.deep.equal(["approved", "CERT_MALFORMED", "approved"]);
      expect(log[0]).to.deep.equal({ method: "POST", status: 200, outcome: "approved", applicationId });
      const kept = JSON.stringify([log, store.find(applicationId), store.findResult(applicationId, 3)]);
      for (const word of ["Personal", "4711", "node7", "node 7"]) expect(kept).to.not.contain(word);
    });

    it("says by the server's error when it cannot listen", async () => {
      const port = Number(new URL(service.url).port);
      expect(await start({ port }).catch((error: unknown) => error)).to.include({ code: "EADDRINUSE" });
    });
  });

  describe("submissionTypedData", () => {
    it("has one digest for the envelopes of all centres, which no release changes", () => {
      const hash = id("a hash");
      const application = {
        ...{ committeeId: id("a committee"), centre: 1, applicant: applicant.address, subjectKeyHash: hash },
        ...{ identityHash: hash, possessionHash: hash, notBefore: 1, notAfter: 2, deadline: 3 },
      };
      const envelopes = [{ centre: 2, identityHash: hash, encapsulated: hash, sealed: "0x1234" }];
      const data = x509.submissionTypedData(place, { application, envelopes: envelopes.map(x509.envelopeHash) });
      const path = new URL("../../vectors/submission.json", import.meta.url);
      const { type, digest } = JSON.parse(readFileSync(path, "utf8")) as {
        readonly type: string;
        readonly digest: string;
      };
      expect(TypedDataEncoder.from(mutableTypes(data.types)).encodeType("Submission")).to.equal(type);
      expect(hashTyped(data)).to.equal(digest);
    });
  });

  describe("openDecisionStore", () => {
    it("keeps the first decision and the first result, over a restart and beside another process", () => {
      const folder = mkdtempSync(join(tmpdir(), "guildhall-store-"));
      try {
        const path = join(folder, "decisions");
        const hashes = { applicationId: id("a"), tbsHash: id("b"), contentHash: id("c") };
        const yes = { ...hashes, approved: true, reason: 0 };
        const no = { ...hashes, approved: false, reason: 9 };
        const [one, two] = [openDecisionStore(path), openDecisionStore(path)];
        expect(one.find(hashes.applicationId)).to.equal(undefined);
        expect(one.decide(yes)).to.deep.equal(yes);
        expect(two.decide(no)).to.deep.equal(yes);
        const signed = { result: { committeeId: id("d"), epoch: 1, ...yes }, signature: "0x11" };
        expect(one.keepResult(signed)).to.deep.equal(signed);
        expect(two.keepResult({ ...signed, signature: "0x22" })).to.deep.equal(signed);
        one.close();
        two.close();
        const again = openDecisionStore(path);
        expect(again.decide(no)).to.deep.equal(yes);
        expect(again.findResult(hashes.applicationId, 1)).to.deep.equal(signed);
        expect(again.findResult(hashes.applicationId, 2)).to.equal(undefined);
        again.close();
        expect(readFileSync(path).length).to.be.greaterThan(0);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
});
