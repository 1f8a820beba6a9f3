import { X509Certificate } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { sha256 } from "ethers";

import * as x509 from "../../sdk/src/certificates/index.js";
import { opensslVersion, withOpenssl } from "../helpers/openssl.js";
import {
  type Holder,
  type Issuer,
  makeHolder,
  makeIssuer,
  now,
  refusal,
  refusalOf,
  validity,
} from "../helpers/x509.js";

const HALF = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

describe("certificates", () => {
  describe("createTbs and signTbs", () => {
    let issuer: Issuer;
    let holder: Holder;

    before(async () => {
      issuer = await makeIssuer();
      holder = await makeHolder(issuer);
    });

    const parametersOf = (): x509.TbsParameters => ({
      request: holder.request,
      issuer: issuer.certificate,
      serial: 7n,
      ...validity,
    });

    it("signs exactly the bytes whose hash was known before", async () => {
      const draft = x509.createTbs(parametersOf());
      expect(draft.tbsHash).to.equal(sha256(draft.tbs));
      expect(x509.createTbs(parametersOf()).tbsHash).to.equal(draft.tbsHash);
      const certificate = x509.parseCertificate(await x509.signTbs(draft.tbs, issuer.key));
      const { der: _der, contentHash: _hash, signature: _signature, ecdsa: _ecdsa, ...facts } = certificate;
      expect(facts).to.deep.equal(draft);
    });

    it("says what was asked: subject, key, names, period, serial number, and no authority", () => {
      const { request } = holder;
      const draft = x509.createTbs(parametersOf());
      expect(draft.subject.der).to.deep.equal(request.subject.der);
      expect(draft.issuer.der).to.deep.equal(issuer.certificate.subject.der);
      expect(draft.key.spki).to.deep.equal(request.key.spki);
      expect([draft.version, draft.serial, draft.notBefore, draft.notAfter]).to.deep.equal([
        3,
        "0x7",
        validity.notBefore,
        validity.notAfter,
      ]);
      expect(draft.extensions.names).to.deep.equal(request.extensions.names);
      const { isCa, maySignCertificates, unknownCritical } = draft.extensions;
      expect([isCa, maySignCertificates, unknownCritical]).to.deep.equal([false, false, []]);
      const fewer = x509.createTbs({ ...parametersOf(), names: { dns: ["localhost"] } });
      expect(fewer.extensions.names.dns).to.deep.equal(["localhost"]);
      expect(fewer.extensions.names.ip).to.deep.equal([]);
      const none = x509.createTbs({ ...parametersOf(), names: {} });
      expect(none.extensions.oids).to.not.include("2.5.29.17");
    });

    it("signs by P-256 with low s, always", async () => {
      const { tbs } = x509.createTbs(parametersOf());
      for (let i = 0; i < 60; i++) {
        const certificate = x509.parseCertificate(await x509.signTbs(tbs, issuer.key));
        expect(certificate.ecdsa!.s <= HALF).to.equal(true);
        expect((await x509.checkCertificate(certificate, issuer.certificate, now)).valid).to.equal(true);
      }
      expect(x509.lowS(HALF)).to.equal(HALF);
      expect(x509.lowS(HALF + 1n)).to.equal(HALF);
    });

    for (const by of ["P-256", "Ed25519", "RSA"] as const) {
      for (const of of ["P-256", "Ed25519", "RSA"] as const) {
        it(`makes a certificate of ${of} by ${by} that Node and OpenSSL accept, the latter where the machine has it`, async () => {
          const parent = await makeIssuer(by);
          const { certificate } = await makeHolder(parent, of);
          const [read, readParent] = [
            new X509Certificate(certificate.der),
            new X509Certificate(parent.certificate.der),
          ];
          expect(read.checkIssued(readParent)).to.equal(true);
          expect(read.verify(readParent.publicKey)).to.equal(true);
          expect(read.subjectAltName).to.equal("DNS:localhost, IP Address:127.0.0.1");
          expect(read.ca).to.equal(false);
          if (opensslVersion === undefined) return;
          const verified = withOpenssl((run, folder) => {
            writeFileSync(join(folder, "ca"), x509.toPem(parent.certificate.der, "CERTIFICATE"));
            writeFileSync(join(folder, "c"), x509.toPem(certificate.der, "CERTIFICATE"));
            const at = ["-attime", String(now), "-x509_strict", "-purpose", "sslserver"];
            return run("verify", "-CAfile", "ca", ...at, "c");
          });
          expect(verified).to.contain("OK");
        });
      }
    }

    it("refuses serial numbers that no certificate may have", () => {
      const most = 2n ** 159n - 1n;
      expect(x509.createTbs({ ...parametersOf(), serial: most }).serial).to.equal(`0x${most.toString(16)}`);
      for (const serial of [0n, -1n, most + 1n]) {
        const error = refusal(() => x509.createTbs({ ...parametersOf(), serial }), "CERT_SERIAL");
        expect(error.args).to.deep.equal({ serial, maxBytes: 20 });
      }
    });

    it("writes each period from 1950 to 9999, and refuses all others", () => {
      const [first, last] = [Date.UTC(1950, 0, 1) / 1_000, Date.UTC(9999, 11, 31, 23, 59, 59) / 1_000];
      const edges = [first, Date.UTC(2049, 11, 31, 23, 59, 59) / 1_000, Date.UTC(2050, 0, 1) / 1_000, last];
      for (const at of edges) {
        const draft = x509.createTbs({ ...parametersOf(), notBefore: at, notAfter: at });
        expect([draft.notBefore, draft.notAfter]).to.deep.equal([at, at]);
      }
      for (const [notBefore, notAfter] of [
        [first - 1, last],
        [first, last + 1],
        [2, 1],
        [0.5, 1],
        [0, Number.NaN],
        [0, Infinity],
      ] as const) {
        refusal(() => x509.createTbs({ ...parametersOf(), notBefore, notAfter }), "CERT_VALIDITY");
      }
    });

    it("refuses names that cannot be written, issuers of another kind of key, and the wrong kind of key to sign with", async () => {
      refusal(() => x509.createTbs({ ...parametersOf(), names: { ip: ["nowhere"] } }), "CERT_NAME");
      const certificate = { ...issuer.certificate, key: { ...issuer.certificate.key, algorithm: "P-521" } };
      refusal(() => x509.createTbs({ ...parametersOf(), issuer: certificate }), "CERT_KEY_UNSUPPORTED");
      const { tbs } = x509.createTbs(parametersOf());
      const error = await refusalOf(x509.signTbs(tbs, await x509.createKeyPair("RSA")), "CERT_KEY_DIFFERS");
      expect(error.args).to.deep.equal({ expected: "ECDSA-SHA256", actual: "RSA-SHA256" });
      await refusalOf(x509.signTbs(tbs.subarray(0, -1), issuer.key), "CERT_NOT_DER");
    });

    it("draws serial numbers that do not repeat", () => {
      const drawn = new Set(Array.from({ length: 1_000 }, () => x509.randomSerial()));
      expect(drawn.size).to.equal(1_000);
      for (const serial of drawn) expect(serial > 0n && serial < 2n ** 128n).to.equal(true);
    });

    it("points at its issuer by the identifier that the issuer's certificate has", () => {
      const { tbs } = x509.createTbs(parametersOf());
      const identifier = issuer.certificate.extensions.subjectKeyIdentifier!.slice(2);
      expect(Buffer.from(tbs).toString("hex")).to.contain(`8014${identifier}`);
    });
  });
});
