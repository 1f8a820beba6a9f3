import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";
import { id, Wallet } from "ethers";

import * as x509 from "../../../sdk/src/certificates/index.js";
import {
  type Application,
  applicationCodec,
  applicationIdOf,
  centreAdmissionTypedData,
  createDocument,
  hashTyped,
  serializeDocument,
} from "../../../sdk/src/index.js";
import { openStage, type Stage } from "./fixture.js";

const DAY = 86_400;

describe("guildhall certificates", function () {
  this.timeout(120_000);
  let stage: Stage;
  let committeeId: string;
  let centre: number;
  let root: x509.Certificate;
  let key: x509.KeyPair;
  const member = new Wallet(id("a centre that decides alone"));

  before(async () => {
    stage = await openStage();
    const { committees, certificates, context } = stage.hall;
    const config = { members: [member.address], threshold: 1 };
    ({ committeeId } = await (await committees.create({ salt: id("centres"), config })).wait());
    key = await x509.createKeyPair("P-256");
    const now = Number(await context.clock());
    const validity = { notBefore: now - DAY, notAfter: now + 1_000 * DAY };
    const subject = { commonName: "centre" };
    const { tbs } = x509.createRootTbs({ key, subject, serial: x509.randomSerial(), ...validity });
    root = x509.parseCertificate(await x509.signTbs(tbs, key));
    await writeFile(join(stage.folder, "centre.pem"), x509.toPem(root.der, "CERTIFICATE"));
    const issuer = { account: stage.operator.address, issuerKeyHash: root.key.keyHash, issuerIsP256: true };
    const admission = { committeeId, epoch: 1, ...issuer, salt: id("admission") };
    const approval = await approve(hashTyped(centreAdmissionTypedData(certificates.place, admission)));
    ({ centre } = await (await certificates.admitCentre({ ...admission, approval })).wait());
  });
  after(() => stage.close());

  async function approve(digest: string): Promise<string> {
    const collector = await stage.hall.committees.collect({ committeeId, digest });
    await collector.add({ signature: member.signingKey.sign(digest).serialized });
    return collector.build();
  }

  const command = (...args: readonly string[]) => stage.guildhall(["certificates", ...args, ...stage.chain]);
  const asCentre = (...args: readonly string[]) => command(...args, ...stage.asOperator, "--json");

  /** Makes a request by the command, has the centre sign, and writes what `issue` reads, each under this name. */
  async function prepare(name: string, predecessorId?: string): Promise<{ readonly certificateId: string }> {
    const applicant = stage.operator.address;
    const made = await stage.guildhall([
      ...["certificates", "request", "--applicant", applicant, "--chain", "31337", "--name", "device 7"],
      ...["--dns", "localhost", "--key-out", `${name}.key`, "--out", `${name}.csr`, "--json"],
    ]);
    expect(made.code, made.err).to.equal(0);
    const { subjectKeyHash, possessionHash } = JSON.parse(made.out) as Record<string, string>;
    const csr = await readFile(join(stage.folder, `${name}.csr`), "utf8");
    const request = await x509.checkSigningRequest(csr, { chainId: 31_337n, applicant });
    const { certificates, context } = stage.hall;
    const now = Number(await context.clock());
    const validity = { notBefore: now - DAY, notAfter: now + 300 * DAY };
    const application: Application = {
      ...{ committeeId, centre, applicant, identityHash: id(name), deadline: now + DAY },
      ...{ subjectKeyHash: subjectKeyHash ?? "", possessionHash: possessionHash ?? "", ...validity },
      ...(predecessorId === undefined ? {} : { predecessorId }),
    };
    const draft = x509.createTbs({ request, issuer: root, serial: x509.randomSerial(), ...validity });
    const der = await x509.signTbs(draft.tbs, key);
    const applicationId = applicationIdOf(application);
    const about = { committeeId, epoch: 1, applicationId, approved: true, reason: 0 };
    const { tbsHash } = draft;
    const approval = await approve(
      certificates.resultDigest({ ...about, tbsHash, contentHash: `0x${"00".repeat(32)}` }),
    );
    const document = createDocument(applicationCodec, { ...certificates.place, body: { application } });
    await writeFile(join(stage.folder, `${name}.pem`), x509.toPem(der, "CERTIFICATE"));
    await writeFile(join(stage.folder, `${name}.json`), serializeDocument(applicationCodec, document));
    await writeFile(join(stage.folder, `${name}.approval`), `${approval}\n`);
    const issued = await asCentre(
      ...["issue", `${name}.pem`, "--application", `${name}.json`, "--issuer", "centre.pem"],
      ...["--approval", `${name}.approval`, "--epoch", "1"],
    );
    expect(issued.code, issued.err).to.equal(0);
    return JSON.parse(issued.out) as { readonly certificateId: string };
  }

  const verify = async (name: string, ...more: readonly string[]) => {
    const { code, out } = await command("verify", `${name}.pem`, "--committee", committeeId, "--json", ...more);
    return { code, ...(JSON.parse(out) as { readonly verdict: string; readonly successors: readonly object[] }) };
  };

  it("goes from the request to the revocation, each command ending as it should", async () => {
    const { certificateId } = await prepare("one");
    expect((await stat(join(stage.folder, "one.key"))).mode & 0o077).to.equal(0);
    expect(await verify("one", "--issuer", "centre.pem")).to.include({ code: 0, verdict: "VALID", certificateId });
    const frozen = await asCentre("freeze", certificateId, "--reason", "certificateHold");
    expect(JSON.parse(frozen.out)).to.include({ operation: "FREEZE", requester: "CENTRE", reason: 6 });
    expect(await verify("one")).to.include({ code: 1, verdict: "FROZEN" });
    expect((await asCentre("unfreeze", certificateId)).code).to.equal(0);
    const before = Number(await stage.hall.context.clock());
    await stage.node.provider.send("evm_increaseTime", [100]);
    expect((await asCentre("revoke", certificateId, "--reason", "keyCompromise")).code).to.equal(0);
    const text = await command("verify", "one.pem", "--committee", committeeId);
    expect(text.code).to.equal(1);
    expect(text.out).to.match(/^STATE_REVOKED: It was revoked at \d+ \(keyCompromise\)\.$/mu);
    expect(await verify("one", "--at", String(before))).to.include({ code: 0, verdict: "VALID" });
    const history = await command("history", certificateId, "--at", String(before));
    expect(history.code).to.equal(0);
    expect(history.out.match(/ (?:ISSUE|FREEZE|UNFREEZE|REVOKE) by /gu)).to.have.length(4);
    expect(history.out).to.match(/^verdict +VALID$/mu);
  });

  it("does what the holder asks, and updates to a successor", async () => {
    const first = await prepare("two");
    const application = await readFile(join(stage.folder, "two.json"), "utf8");
    const keyHash = /"subjectKeyHash":\s*"(0x[0-9a-f]{64})"/u.exec(application)?.[1] ?? "";
    const held = await asCentre("freeze", first.certificateId, "--holder-of", keyHash);
    expect(JSON.parse(held.out)).to.include({ requester: "HOLDER" });
    expect((await asCentre("unfreeze", first.certificateId, "--holder-of", keyHash)).code).to.equal(0);
    const second = await prepare("three", first.certificateId);
    const updated = await asCentre("update", first.certificateId, "--successor", second.certificateId);
    expect(updated.code, updated.err).to.equal(0);
    const { code, verdict, successors } = await verify("two");
    expect({ code, verdict, successors }).to.deep.equal({
      ...{ code: 1, verdict: "SUPERSEDED" },
      successors: [{ certificateId: second.certificateId, verdict: "VALID" }],
    });
  });

  it("tells changes as they come, and ends after so many", async () => {
    const { certificateId } = await prepare("four");
    const args = ["certificates", "watch", "--certificate", certificateId, "--from-block", "0", "--count", "2"];
    const watching = stage.start([...args, ...stage.chain]);
    expect((await asCentre("revoke", certificateId)).code).to.equal(0);
    const { code, out } = await watching.ended;
    expect(code).to.equal(0);
    const names = out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { readonly name: string }).name);
    expect(names).to.deep.equal(["CertificateIssued", "CertificateMoved"]);
  });

  it("ends with 3 for a file that is no certificate, and with 4 for what the state does not allow", async () => {
    await writeFile(join(stage.folder, "none.pem"), "nothing\n");
    const none = await command("verify", "none.pem", "--committee", committeeId);
    expect(none.code).to.equal(3);
    expect(none.err).to.match(/^CERT_PEM: [^\n]*\n$/u);
    const missing = await command("verify", "missing.pem", "--committee", committeeId);
    expect(missing.code).to.equal(3);
    const { certificateId } = await prepare("five");
    const refused = await command("unfreeze", certificateId, ...stage.asOperator);
    expect(refused.code).to.equal(4);
    expect(refused.err).to.match(/^CERTIFICATE_NOT_ALLOWED: [^\n]*\n$/u);
    const stranger = await command("revoke", certificateId, ...stage.key);
    expect(stranger.code).to.equal(4);
    const again = await stage.guildhall([
      ...["certificates", "request", "--applicant", stage.operator.address, "--chain", "31337", "--name", "x"],
      ...["--key-out", "five.key", "--out", "other.csr"],
    ]);
    expect(again.code).to.equal(3);
  });
});
