import { expect } from "chai";
import { toBeHex } from "ethers";

import * as x509 from "../../sdk/src/certificates/index.js";
import { type CertificateError, Guildhall, type GuildhallError, recordIdOf, verdictAt } from "../../sdk/src/index.js";
import {
  committee,
  DAY,
  ethers,
  issued,
  loadCertificates,
  networkHelpers,
  NO_HASH,
  provider,
  retire,
} from "./sdk-fixture.js";

const { time } = networkHelpers;
const CENTRE = { as: "CENTRE" } as const;

describe("certificates SDK", () => {
  describe("verify", () => {
    it("finds nothing against a valid certificate, in PEM and DER, with its issuer or without", async () => {
      const hall = await loadCertificates();
      const { certificates } = hall.halls.stranger;
      const { committeeId } = hall;
      const { drafted, certificateId } = await issued(hall);
      const { der, contentHash } = drafted.certificate;
      const pem = x509.toPem(der, "CERTIFICATE");
      for (const bytes of [pem, der]) {
        const report = await certificates.verify(bytes, { committeeId, issuer: hall.checked.root.der });
        expect(report).to.deep.include({
          ...{ valid: true, verdict: "VALID", reasons: [], certificateId, successors: [], signatureChecked: "HERE" },
        });
        expect(report.certificate.contentHash).to.equal(contentHash);
        expect(report.state?.accountType).to.equal("ISSUING");
      }
      expect((await certificates.verify(der, { committeeId })).signatureChecked).to.equal("AT_ISSUE");
      const other = await issued(hall, hall.unchecked);
      const report = await certificates.verify(other.drafted.certificate.der, { committeeId });
      expect(report).to.deep.include({ valid: true, signatureChecked: "AT_ISSUE" });
    });

    it("gives every reason against one, with the successor", async () => {
      const hall = await loadCertificates();
      const { certificates } = hall.halls.stranger;
      const { committeeId } = hall;
      const first = await issued(hall);
      const { der } = first.drafted.certificate;
      const codes = async (options: { issuer?: Uint8Array; at?: number; committeeId?: string } = {}) => {
        const report = await certificates.verify(der, { committeeId, ...options });
        expect(report.valid).to.equal(report.reasons.length === 0);
        return report.reasons.map(({ code }) => code);
      };
      expect(await codes({ committeeId: ethers.id("strangers") })).to.deep.equal(["STATE_UNKNOWN"]);
      expect(await codes({ issuer: hall.unchecked.root.der })).to.deep.equal(["SIGNATURE_WRONG"]);
      expect(await codes({ at: first.notAfter })).to.deep.equal([]);
      expect(await codes({ at: first.notAfter + 1 })).to.deep.equal(["STATE_EXPIRED"]);
      expect(await codes({ at: first.notAfter + 1, issuer: hall.checked.root.der })).to.deep.equal([
        "EXPIRED",
        "STATE_EXPIRED",
      ]);
      const centre = hall.halls.centre.certificates;
      const { certificateId } = first;
      await (await centre.freeze({ certificateId, reason: 6, by: CENTRE })).wait();
      expect(await codes()).to.deep.equal(["STATE_FROZEN"]);
      const [frozen] = (await certificates.verify(der, { committeeId })).reasons;
      expect(frozen?.what).to.match(/^It has been frozen since \d+ \(certificateHold\)\.$/u);
      await (await centre.unfreeze({ certificateId, by: CENTRE })).wait();
      const second = await issued(hall, hall.checked, { predecessorId: certificateId });
      const update = { certificateId, successorId: second.certificateId, by: CENTRE };
      await (await centre.update(update)).wait();
      const report = await certificates.verify(der, { committeeId });
      expect(report.reasons.map(({ code }) => code)).to.deep.equal(["STATE_SUPERSEDED"]);
      expect(report.successors).to.deep.equal([{ certificateId: second.certificateId, verdict: "VALID" }]);
      await (await centre.revoke({ certificateId: second.certificateId, reason: 1, by: CENTRE })).wait();
      const revoked = await certificates.verify(second.drafted.certificate.der, { committeeId });
      expect(revoked.reasons[0]?.what).to.match(/^It was revoked at \d+ \(keyCompromise\)\.$/u);
      const third = await issued(hall);
      await retire(hall, hall.checked.number);
      const inactive = await certificates.verify(third.drafted.certificate.der, { committeeId });
      expect(inactive.reasons.map(({ code }) => code)).to.deep.equal(["STATE_ISSUER_INACTIVE"]);
    });

    it("does not take what is no certificate", async () => {
      const hall = await loadCertificates();
      const { certificates } = hall.halls.stranger;
      const options = { committeeId: hall.committeeId };
      const error = await certificates.verify("no PEM", options).catch((caught: unknown) => caught);
      expect((error as CertificateError).code).to.equal("CERT_PEM");
    });

    it("answers for a thousand in few requests, each in its place", async () => {
      const hall = await loadCertificates();
      const one = await issued(hall);
      const two = await issued(hall, hall.unchecked);
      await (
        await hall.halls.otherCentre.certificates.revoke({ certificateId: two.certificateId, reason: 3, by: CENTRE })
      ).wait();
      const hashes = Array.from({ length: 1_000 }, (_, i) => ethers.id(`hash ${i}`));
      hashes[17] = one.contentHash;
      hashes[742] = two.contentHash;
      let requests = 0;
      const counting = new ethers.BrowserProvider({
        request: async ({ method, params }: { method: string; params?: unknown }) => {
          if (method === "eth_call") requests += 1;
          const answer: unknown = await provider.request({ method, params: params as unknown[] });
          return answer;
        },
      });
      const { certificates } = await Guildhall.connect(counting, { directory: hall.directory });
      requests = 0;
      const found = await certificates.verifyMany(hall.committeeId, hashes);
      expect(requests).to.equal(2);
      expect(found).to.have.length(1_000);
      expect(found[17]).to.deep.include({ verdict: "VALID" });
      expect(found[742]).to.deep.include({ verdict: "REVOKED", reason: 3 });
      expect(found.filter(({ verdict }) => verdict === "UNKNOWN")).to.have.length(998);
      expect(await certificates.verifyMany(hall.committeeId, [])).to.deep.equal([]);
    });
  });

  describe("history", () => {
    /** A certificate that everything happened to, with the verdict that the ledger gave after each step. */
    async function eventful() {
      const hall = await loadCertificates();
      const { certificates } = hall.halls.stranger;
      const certificate = await issued(hall, hall.checked, {});
      const { certificateId, contentHash } = certificate;
      const told: { readonly at: number; readonly verdict: string }[] = [];
      const note = async (): Promise<void> => {
        const { verdict } = await certificates.verdictOf(certificateId, contentHash);
        told.push({ at: await time.latest(), verdict });
        await time.increase(100);
      };
      const centre = hall.halls.centre.certificates;
      await note();
      await (await centre.freeze({ certificateId, reason: 6, by: CENTRE })).wait();
      await note();
      await time.increase(7 * DAY);
      await note();
      await (await certificates.endFreeze({ certificateId })).wait();
      await note();
      await (await certificates.freeze({ certificateId, by: committee(hall) })).wait();
      await note();
      await time.increase(30 * DAY);
      await note();
      await (await certificates.unfreeze({ certificateId, by: committee(hall) })).wait();
      await note();
      await (await certificates.rehome({ certificateId, centre: hall.unchecked.number, by: committee(hall) })).wait();
      await note();
      await retire(hall, hall.unchecked.number);
      await note();
      await (await certificates.rehome({ certificateId, centre: hall.checked.number, by: committee(hall) })).wait();
      await note();
      await (await centre.revoke({ certificateId, reason: 1, by: CENTRE })).wait();
      await note();
      return { hall, certificates, certificate, told };
    }

    it("makes every record's id anew, and comes to the ledger's head", async () => {
      const { certificates, certificate } = await eventful();
      const history = await certificates.history(certificate.certificateId);
      const { head, sequence } = await certificates.certificateOf(certificate.certificateId);
      expect(history.head).to.equal(head);
      expect(history.records).to.have.length(sequence);
      expect(history.records.map(({ operation }) => operation)).to.deep.equal([
        ...["ISSUE", "FREEZE", "UNFREEZE", "FREEZE", "UNFREEZE", "REHOME", "REHOME", "REVOKE"],
      ]);
      expect(history.records.map(recordIdOf)).to.deep.equal(history.records.map(({ recordId }) => recordId));
      expect(history).to.deep.include({ holder: certificate.holder, contentHash: certificate.contentHash });
    });

    it("tells the verdict of any time in the past as the ledger told it then", async () => {
      const { hall, certificates, certificate, told } = await eventful();
      const history = await certificates.history(certificate.certificateId);
      expect(told.map(({ at }) => verdictAt(history, at))).to.deep.equal(told.map(({ verdict }) => verdict));
      expect(new Set(told.map(({ verdict }) => verdict)).size).to.equal(4);
      expect(verdictAt(history, history.records[0]!.timestamp - 1)).to.equal("UNKNOWN");
      const { committeeId } = hall;
      const { der } = certificate.drafted.certificate;
      const codes = await Promise.all(
        told.map(async ({ at }) =>
          (await certificates.verify(der, { committeeId, at })).reasons.map(({ code }) => code),
        ),
      );
      expect(codes).to.deep.equal(told.map(({ verdict }) => (verdict === "VALID" ? [] : [`STATE_${verdict}`])));
    });

    it("tells steps of one block apart by their order", async () => {
      const hall = await loadCertificates();
      const { certificateId } = await issued(hall);
      const { certificates } = hall.halls.stranger;
      const draftOf = { certificateId, requester: "CENTRE", operation: "FREEZE", reason: 6 } as const;
      const request = await certificates.draftRequest(draftOf);
      await provider.request({ method: "evm_setAutomine", params: [false] });
      const centre = hall.halls.centre.certificates;
      const options = { gasLimit: 200_000n };
      await centre.execute({ request, consent: CENTRE }, options);
      await provider.request({ method: "evm_mine", params: [] });
      await provider.request({ method: "evm_setAutomine", params: [true] });
      const history = await certificates.history(certificateId);
      expect(history.records.map(({ operation }) => operation)).to.deep.equal(["ISSUE", "FREEZE"]);
    });

    it("does not believe a node that leaves an event out, or changes one", async () => {
      const { hall, certificate } = await eventful();
      const lying = (change: (log: { topics: string[]; data: string }, i: number) => unknown) =>
        new ethers.BrowserProvider({
          request: async ({ method, params }: { method: string; params?: unknown }) => {
            const answer: unknown = await provider.request({ method, params: params as unknown[] });
            if (method !== "eth_getLogs") return answer;
            return (answer as { topics: string[]; data: string }[]).map(change).filter((log) => log !== undefined);
          },
        });
      const historyBy = async (runner: Parameters<typeof Guildhall.connect>[0]): Promise<GuildhallError> => {
        const { certificates } = await Guildhall.connect(runner, { directory: hall.directory });
        return certificates.history(certificate.certificateId).then(
          () => expect.fail("it was believed"),
          (error: unknown) => error as GuildhallError,
        );
      };
      const omitted = await historyBy(lying((log, i) => (i === 3 ? undefined : log)));
      expect(omitted.code).to.equal("RPC_UNEXPECTED_ANSWER");
      const moved = hall.halls.stranger.certificates.contract.interface.getEvent("CertificateMoved").topicHash;
      const changed = await historyBy(
        lying((log) => (log.topics[0] === moved ? { ...log, data: `${log.data.slice(0, -1)}2` } : log)),
      );
      expect(changed.what).to.equal("The certificate's events do not come to the head that the ledger keeps.");
    });
  });

  describe("proveState", () => {
    async function headerOf(tag = "latest") {
      const block = (await provider.request({ method: "eth_getBlockByNumber", params: [tag, false] })) as Readonly<
        Record<"number" | "stateRoot" | "timestamp", string>
      >;
      return { number: Number(block.number), stateRoot: block.stateRoot, timestamp: Number(block.timestamp) };
    }

    it("proves what the ledger holds against a state root", async () => {
      const hall = await loadCertificates();
      const { certificateId } = await issued(hall);
      const { certificates } = hall.halls.stranger;
      const before = await headerOf();
      await (await hall.halls.centre.certificates.freeze({ certificateId, reason: 6, by: CENTRE })).wait();
      const now = await headerOf();
      const proven = await certificates.proveState(certificateId, now);
      expect(proven).to.deep.equal({
        state: await certificates.certificateOf(certificateId),
        verdict: "FROZEN",
        header: now,
      });
      const { verdict, state } = await certificates.proveState(certificateId, before);
      expect([verdict, state.sequence]).to.deep.equal(["VALID", 1]);
      await retire(hall, hall.checked.number);
      await time.increase(8 * DAY);
      expect((await certificates.proveState(certificateId, await headerOf())).verdict).to.equal("ISSUER_INACTIVE");
    });

    it("proves that there is none", async () => {
      const hall = await loadCertificates();
      const header = await headerOf();
      const error = await hall.halls.stranger.certificates
        .proveState(NO_HASH, header)
        .catch((caught: unknown) => caught);
      expect((error as CertificateError).code).to.equal("PROOF_NO_CERTIFICATE");
      expect((error as CertificateError).args).to.deep.equal({ certificateId: NO_HASH, blockNumber: header.number });
    });

    it("refuses every proof with a bit changed, and one against another root", async () => {
      const hall = await loadCertificates();
      const { certificateId } = await issued(hall);
      const header = await headerOf();
      type Answer = { accountProof: string[]; storageProof: { proof: string[] }[] };
      const proveThrough = async (change: (answer: Answer) => unknown): Promise<string> => {
        const runner = new ethers.BrowserProvider({
          request: async ({ method, params }: { method: string; params?: unknown }) => {
            const answer: unknown = await provider.request({ method, params: params as unknown[] });
            return method === "eth_getProof" ? change(answer as Answer) : answer;
          },
        });
        const { certificates } = await Guildhall.connect(runner, { directory: hall.directory });
        return certificates.proveState(certificateId, header).then(
          ({ verdict }) => verdict,
          (error: unknown) => (error as GuildhallError).code,
        );
      };
      const flipped = (node: string): string => {
        const at = node.length >> 1;
        return `${node.slice(0, at)}${node[at] === "0" ? "1" : "0"}${node.slice(at + 1)}`;
      };
      expect(await proveThrough((answer) => answer)).to.equal("VALID");
      const outcomes = await Promise.all([
        proveThrough((answer) => ({ ...answer, accountProof: answer.accountProof.map(flipped) })),
        proveThrough((answer) => ({ ...answer, accountProof: answer.accountProof.slice(1) })),
        proveThrough((answer) => ({ ...answer, accountProof: [] })),
        proveThrough(({ storageProof, ...answer }) => ({
          ...answer,
          storageProof: storageProof.map(({ proof }) => ({ proof: proof.map(flipped) })),
        })),
        proveThrough(({ storageProof, ...answer }) => ({
          ...answer,
          storageProof: storageProof.map(() => ({ proof: [] })),
        })),
        // The proof of the other slot.
        proveThrough(({ storageProof, ...answer }) => ({ ...answer, storageProof: storageProof.toReversed() })),
      ]);
      expect(new Set(outcomes)).to.deep.equal(new Set(["PROOF_INVALID"]));
      expect(await proveThrough(() => ({ accountProof: "0x" }))).to.equal("RPC_UNEXPECTED_ANSWER");
      const { certificates } = hall.halls.stranger;
      const wrong = { ...header, stateRoot: toBeHex(1, 32) };
      const error = await certificates.proveState(certificateId, wrong).catch((caught: unknown) => caught);
      expect((error as CertificateError).code).to.equal("PROOF_INVALID");
    });
  });
});
