import { expect } from "chai";

import { ContractRevertError, type DocumentSigner, signTyped } from "../../sdk/src/index.js";
import { OwnerWallet__factory } from "../../typechain-types/index.js";
import {
  apply,
  type Centres,
  type CentresPapers,
  collect,
  countAll,
  issueAndVerify,
  loadCentres,
  outcomesOf,
  PASSPORT,
  REASON,
  type Register,
  rotate,
  type Running,
  RunningCentres,
  toCount,
} from "./sdk-centres-fixture.js";

const KNOWN: Register = [PASSPORT];
const NOBODY: Register = [];

describe("certificates SDK", () => {
  describe("from centres to the ledger", () => {
    let centres: Centres;
    let papers: CentresPapers;
    let running: RunningCentres;

    beforeEach(async () => {
      running = new RunningCentres();
      centres = await loadCentres();
      papers = await apply(centres);
    });
    afterEach(async () => running.end());

    const start = async (registers: readonly Register[], epoch = 1): Promise<readonly Running[]> =>
      Promise.all(registers.map(async (known, centre) => running.start(centres, centre, known, { epoch })));
    const refusal = async (sent: Promise<unknown>): Promise<ContractRevertError> => {
      const error: unknown = await sent.catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(ContractRevertError);
      return error as ContractRevertError;
    };
    const status = async (): Promise<string> => centres.certificates.applicationOf(papers.applicationId);

    it("counts what centres signed, one by one, and issues a certificate that verifies", async () => {
      const answers = await collect(centres, papers, await start([KNOWN, KNOWN, KNOWN]));
      expect(outcomesOf(answers)).to.deep.equal(["approved", "approved", "approved"]);
      // The third comes when all is decided, and is counted all the same.
      expect(await countAll(centres, papers, answers)).to.deep.equal([undefined, "APPROVED", undefined]);
      const results = await centres.certificates.resultsOf(papers.applicationId, 1);
      expect(results).to.deep.equal({ approvedBy: [0, 1, 2], rejectedBy: [] });
      expect(await issueAndVerify(centres, papers)).to.include({ verdict: "VALID", valid: true });
    });

    it("takes the same signatures as one approval that says who signed", async () => {
      const { committees, committeeId, certificates, members } = centres;
      const answers = await collect(centres, papers, await start([KNOWN, NOBODY, KNOWN]));
      const approving = answers.flatMap(({ results }) => results).filter(({ result }) => result.approved);
      const digest = certificates.resultDigest(approving[0]!.result);
      const collector = await committees.collect({ committeeId, digest, membersOnly: true });
      for (const { signature } of approving) await collector.add({ signature });
      const approval = collector.build();
      const signers = await committees.requireAttributableApproval({ committeeId, digest, approval });
      expect(signers).to.deep.equal([members[0]!.address, members[2]!.address]);
      const issued = await issueAndVerify(centres, papers, { epoch: 1, approval });
      expect(issued).to.include({ verdict: "VALID", valid: true, tbsHash: approving[0]!.result.tbsHash });
    });

    it("does without a centre that is down", async () => {
      const services = await start([KNOWN, KNOWN, KNOWN]);
      await services[0]!.stop();
      const answers = await collect(centres, papers, services);
      expect(outcomesOf(answers)).to.deep.equal(["silent", "approved", "approved"]);
      expect(await countAll(centres, papers, answers)).to.deep.equal([undefined, "APPROVED"]);
      expect(await issueAndVerify(centres, papers)).to.include({ verdict: "VALID", valid: true });
    });

    it("records a centre that says yes to one and no to another, and counts it as rejecting", async () => {
      const { certificates } = centres;
      const services = await start([KNOWN, KNOWN, KNOWN]);
      const otherFace = await running.start(centres, 0, NOBODY, { face: 1 });
      const [yes] = await collect(centres, papers, services);
      const [no] = await collect(centres, papers, [otherFace, services[1]!, services[2]!]);
      expect([yes!.outcome, no!.outcome]).to.deep.equal(["approved", "rejected"]);
      // Either of the two who asked convicts it with what the other was told.
      const earlier = [{ centre: 0, ...yes!.results[0]! }];
      const [convicted] = await collect(centres, papers, [otherFace], { earlier });
      expect(convicted!.outcome).to.equal("contradicted");
      const [first, second] = [toCount(papers, convicted!), toCount(papers, convicted!, 1)];
      expect((await (await certificates.countResults(first)).wait()).contradicted).to.deep.equal([]);
      expect((await (await certificates.countResults(second)).wait()).contradicted).to.deep.equal([0]);
      const [recorded] = await certificates.events({ names: ["ResultsContradicted"] });
      expect(recorded?.args).to.deep.include({ applicationId: papers.applicationId, epoch: 1, signers: [0] });
      // Its yes no longer counts: the two others are needed, and are enough.
      const rest = (await collect(centres, papers, services)).slice(1);
      expect(await countAll(centres, papers, rest)).to.deep.equal([undefined, "APPROVED"]);
      expect(await issueAndVerify(centres, papers)).to.include({ verdict: "VALID", valid: true });
    });

    it("stays open while two disagree and the third is away, and goes by the third once it is back", async () => {
      const services = await start([KNOWN, NOBODY, KNOWN]);
      await services[2]!.stop();
      const split = await collect(centres, papers, services);
      expect(outcomesOf(split)).to.deep.equal(["approved", "rejected", "silent"]);
      expect(await countAll(centres, papers, split)).to.deep.equal([undefined, undefined]);
      expect(await status()).to.equal("OPEN");
      const back = await running.start(centres, 2, KNOWN);
      const answers = await collect(centres, papers, [services[0]!, services[1]!, back]);
      expect(await countAll(centres, papers, answers.slice(2))).to.deep.equal(["APPROVED"]);
      expect(await issueAndVerify(centres, papers)).to.include({ verdict: "VALID", valid: true });
    });

    it("rejects as soon as the quorum is out of reach, and issues nothing", async () => {
      const answers = await collect(centres, papers, await start([NOBODY, NOBODY, KNOWN]));
      expect(outcomesOf(answers)).to.deep.equal(["rejected", "rejected", "approved"]);
      expect(answers[0]!.results[0]!.result).to.include({ approved: false, reason: REASON });
      expect(await countAll(centres, papers, answers)).to.deep.equal([undefined, "REJECTED", undefined]);
      const refused = await refusal(issueAndVerify(centres, papers));
      expect(refused.name).to.equal("CertificateLedgerApplicationRejected");
      expect(refused.args).to.deep.equal({ applicationId: papers.applicationId });
    });

    it("refuses results of an epoch that is over, and counts what its centres decided once they sign it for the next", async () => {
      const services = await start([KNOWN, KNOWN]);
      const old = await collect(centres, papers, services);
      await rotate(centres);
      const refused = await refusal(countAll(centres, papers, old));
      expect(refused.name).to.equal("CommitteeEpochOver");
      expect(refused.args).to.include({ epoch: 1n });
      await Promise.all(services.map(async ({ stop }) => stop()));
      // What they would say now does not matter: they decided.
      const next = await collect(centres, papers, await start([NOBODY, NOBODY], 2), { epoch: 2 });
      expect(outcomesOf(next)).to.deep.equal(["approved", "approved"]);
      expect(await countAll(centres, papers, next)).to.deep.equal([undefined, "APPROVED"]);
      expect(await issueAndVerify(centres, papers)).to.include({ verdict: "VALID", valid: true });
    });

    it("takes the application of a wallet that accepts, where its centre asks wallets", async () => {
      const { signers } = centres;
      const wallet = await new OwnerWallet__factory(signers.stranger).deploy(signers.holder.address);
      const by = (owner: DocumentSigner): DocumentSigner => ({
        address: wallet.target as string,
        signTyped: async (data) => (await signTyped(owner, data)).signature,
      });
      papers = await apply(centres, by(signers.holder));
      const services = await start([KNOWN, KNOWN]);
      const deaf = await running.start(centres, 2, KNOWN, { asksWallets: false });
      const answers = await collect(centres, papers, [...services, deaf]);
      expect(outcomesOf(answers)).to.deep.equal(["approved", "approved", "refused"]);
      expect(answers[2]!.problem).to.contain("wallets are not asked here");
      expect(await countAll(centres, papers, answers)).to.deep.equal([undefined, "APPROVED"]);
      expect(await issueAndVerify(centres, papers)).to.include({ verdict: "VALID", valid: true });
      const [refused] = await collect(centres, await apply(centres, by(signers.stranger)), services);
      expect(refused!.problem).to.contain("APPLICATION_SUBMITTER");
      expect(refused!.problem).to.contain("its wallet does not accept the signature");
    });

    it("counts a result once, and for no other application", async () => {
      const { certificates, committeeId, members } = centres;
      const services = await start([KNOWN]);
      const [answer] = await collect(centres, papers, services);
      await countAll(centres, papers, [answer!]);
      const again = await refusal(countAll(centres, papers, [answer!]));
      expect(again.name).to.equal("CertificateLedgerNothingNew");
      expect(again.args).to.deep.equal({ applicationId: papers.applicationId, signers: 1n });
      const application = { ...papers.application, notAfter: papers.application.notAfter + 1 };
      const elsewhere = await refusal(certificates.countResults(toCount({ application }, answer!)));
      expect(elsewhere.name).to.equal("CommitteeWrongSignature");
      expect(elsewhere.args).to.deep.equal({ committeeId, epoch: 1n, member: members[0]!.address });
    });
  });
});
