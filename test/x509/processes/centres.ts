import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { bundleProgram } from "../../../scripts/support/bundleProgram.js";
import type { CertificationResult, IdentificationEnvelope } from "../../../sdk/src/certificates/index.js";
import * as x509 from "../../../sdk/src/certificates/index.js";
import {
  type CentreAddress,
  type CentreAnswer,
  collectResults,
  type CollectParameters,
} from "../../../sdk/src/certificates/index.js";
import { openDecisionStore } from "../../../sdk/src/node/certificates/index.js";
import type { CentreOrders } from "../../helpers/centreProcess.js";
import { applicationIdOf, signerOf, submit } from "../../helpers/centres.js";
import { makePapers, now, type Papers, party, refusalOf } from "../../helpers/x509.js";

const program = await bundleProgram(new URL("../../helpers/centreProcess.ts", import.meta.url));
type Mode = CentreOrders["mode"];

describe("certificates", () => {
  describe("collectResults from centres in processes of their own", () => {
    let folder: string;
    let papers: Papers;
    let keys: readonly x509.CentreKey[];
    let envelopes: readonly IdentificationEnvelope[];
    let signature: string;
    let result: CertificationResult;
    let children: ChildProcess[];

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "guildhall-centres-"));
      children = [];
      papers = await makePapers();
      keys = await Promise.all(Array.from({ length: 6 }, async () => x509.createCentreKey()));
      const to = keys.map(({ publicKey }, centre) => ({ centre, publicKey }));
      envelopes = await x509.sealIdentification(papers.identification, papers.salt, to);
      const { application, draft } = papers;
      signature = await submit(application, envelopes);
      result = {
        committeeId: application.committeeId,
        epoch: 3,
        applicationId: applicationIdOf(application),
        tbsHash: draft.tbsHash,
        contentHash: `0x${"00".repeat(32)}`,
        approved: true,
        reason: 0,
      };
    });
    afterEach(async () => {
      await Promise.all(children.map(stop));
      rmSync(folder, { recursive: true, force: true });
    });

    const storeOf = (centre: number): string => join(folder, `${centre}.sqlite`);

    async function start(centre: number, mode: Mode): Promise<CentreAddress> {
      const orders: CentreOrders = {
        centre,
        mode,
        result,
        now,
        committeeId: result.committeeId,
        chainId: String(party.chainId),
        secretKey: keys[centre]!.secretKey,
        store: storeOf(centre),
      };
      const path = join(folder, `${centre}-${mode}.json`);
      writeFileSync(path, JSON.stringify(orders));
      const child = spawn(process.execPath, ["--no-warnings", program, "--centre", path], {
        env: { ...process.env, NODE_OPTIONS: "" },
        stdio: ["pipe", "pipe", "inherit"],
      });
      children.push(child);
      const url = await new Promise<string>((resolve, reject) => {
        let printed = "";
        child.stdout.on("data", (chunk: Buffer) => {
          printed += chunk.toString();
          if (printed.endsWith("\n")) resolve(printed.trim());
        });
        child.once("exit", (code) => {
          reject(new TypeError(`centre ${centre} ended with ${code} before it listened`));
        });
      });
      return { centre, url };
    }

    async function stop(child: ChildProcess): Promise<void> {
      if (child.exitCode !== null || child.signalCode !== null) return;
      await new Promise((resolve) => {
        child.once("exit", resolve);
        child.kill("SIGKILL");
      });
    }

    const collect = async (
      centres: readonly CentreAddress[],
      change: Partial<CollectParameters> = {},
    ): Promise<readonly CentreAnswer[]> =>
      collectResults({
        centres,
        epoch: 3,
        application: papers.application,
        applicationId: result.applicationId,
        request: papers.request.der,
        envelopes,
        signature,
        draft: { tbs: papers.draft.tbs },
        verifyResult: (signed, centre) => signerOf(centre).verify(signed),
        ...change,
      });
    const outcomes = (answers: readonly CentreAnswer[]): Record<number, string> =>
      Object.fromEntries(answers.map(({ centre, outcome }) => [centre, outcome]));

    it("tells who approved, rejected, is undecided and is down", async () => {
      const centres = await Promise.all([
        start(0, "approve"),
        start(1, "approve"),
        start(2, "reject"),
        start(3, "undecided"),
        start(4, "approve"),
      ]);
      await stop(children[4]!);
      const answers = await collect(centres);
      expect(outcomes(answers)).to.deep.equal({
        0: "approved",
        1: "approved",
        2: "rejected",
        3: "undecided",
        4: "silent",
      });
      expect(answers[0]!.results[0]!.result).to.deep.equal(result);
      expect(answers[2]!.results[0]!.result).to.include({ approved: false, reason: 4 });
      expect(answers[4]!.results).to.deep.equal([]);
      expect(await collect(centres)).to.deep.equal(answers);
    }).timeout(60_000);

    it("tells who signs with another key, about another draft, both answers, or nothing that is an answer", async () => {
      const modes = ["wrongKey", "otherDraft", "bothAnswers", "garbage", "endless", "approve"] as const;
      const answers = await collect(await Promise.all(modes.map(async (mode, centre) => start(centre, mode))));
      expect(outcomes(answers)).to.deep.equal({
        0: "invalid",
        1: "invalid",
        2: "contradicted",
        3: "invalid",
        4: "invalid",
        5: "approved",
      });
      expect(answers[4]!.problem).to.contain("262144 bytes");
      const evidence = answers[2]!.results;
      expect(evidence.map((signed) => [signed.result.approved, signerOf(2).verify(signed)])).to.deep.equal([
        [true, true],
        [false, true],
      ]);
    }).timeout(60_000);

    it("does not wait longer than it may for one that never answers", async () => {
      const centres = await Promise.all([start(0, "silent"), start(1, "approve")]);
      expect(outcomes(await collect(centres, { timeout: 1_500 }))).to.deep.equal({ 0: "silent", 1: "approved" });
    }).timeout(60_000);

    it("convicts a centre by what it signed earlier", async () => {
      const centres = [await start(1, "reject")];
      const earlier = { centre: 1, result, signature: await signerOf(1).signResult(result) };
      const [answer] = await collect(centres, { earlier: [earlier] });
      expect(answer!.outcome).to.equal("contradicted");
      const forged = { ...earlier, signature: await signerOf(5).signResult(result) };
      expect(outcomes(await collect(centres, { earlier: [forged] }))).to.deep.equal({ 1: "rejected" });
      expect(outcomes(await collect(centres, { earlier: [{ ...earlier, centre: 2 }] }))).to.deep.equal({
        1: "rejected",
      });
    }).timeout(60_000);

    for (const mode of ["dies", "diesSigned"] as const) {
      it(`gets the decision of a centre that was killed (${mode}) before it answered, whatever it would say now`, async () => {
        const first = await start(0, mode);
        expect(outcomes(await collect([first]))).to.deep.equal({ 0: "silent" });
        const store = openDecisionStore(storeOf(0));
        expect(store.find(result.applicationId)).to.include({ approved: true });
        expect(store.findResult(result.applicationId, 3) === undefined).to.equal(mode === "dies");
        store.close();
        const again = await start(0, "reject");
        const [answer] = await collect([again]);
        expect(answer!.outcome).to.equal("approved");
        expect(answer!.results[0]!.result).to.deep.equal(result);
      }).timeout(60_000);
    }

    it("says why a centre does not take the papers", async () => {
      const centres = [await start(0, "approve")];
      const application = { ...papers.application, deadline: now };
      const late = { application, applicationId: applicationIdOf(application) };
      const signed = { signature: await submit(application, envelopes) };
      const [answer] = await collect(centres, { ...late, ...signed });
      expect(answer!.outcome).to.equal("refused");
      expect(answer!.problem).to.contain("APPLICATION_DEADLINE");
    }).timeout(60_000);

    it("refuses to ask a centre without an envelope, and to ask about what is no certificate", async () => {
      const centres = [{ centre: 9, url: "http://127.0.0.1:9" }];
      const error = await refusalOf(collect(centres), "CENTRE_ENVELOPE_MISSING");
      expect(error.args).to.deep.equal({ centre: 9 });
      const draft = { certificate: Uint8Array.of(0x30, 0) };
      await refusalOf(collect([{ centre: 0, url: "http://127.0.0.1:9" }], { draft }), "CERT_MALFORMED");
    });
  });
});
