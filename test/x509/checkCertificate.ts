import { rootCertificates } from "node:tls";

import { expect } from "chai";

import { tags } from "../../sdk/src/certificates/x509/der/DerNode.js";
import { writeDer } from "../../sdk/src/certificates/x509/der/writeDer.js";
import { writeOid } from "../../sdk/src/certificates/x509/der/writeOid.js";
import * as x509 from "../../sdk/src/certificates/index.js";
import { writeExtension } from "../../sdk/src/certificates/x509/writeExtension.js";
import {
  type Holder,
  type Issuer,
  makeHolder,
  makeIssuer,
  now,
  partsOf,
  tbsOf,
  unsigned,
  validity,
} from "../helpers/x509.js";

const codesOf = ({ reasons }: x509.CertificateCheck): readonly string[] => reasons.map(({ code }) => code);

describe("certificates", () => {
  describe("checkCertificate", () => {
    let issuer: Issuer;
    let holder: Holder;

    before(async () => {
      issuer = await makeIssuer();
      holder = await makeHolder(issuer);
    });

    /** The holder's certificate with other extensions beside its own, signed by its issuer. */
    async function withExtension(extension: Uint8Array, by: Issuer, of: x509.Certificate): Promise<x509.Certificate> {
      const parts = partsOf(of.tbs);
      const own = partsOf(partsOf(parts[7]!.subarray(0))[0]!);
      const list = writeDer(0xa3, writeDer(tags.sequence, ...own, extension));
      return x509.parseCertificate(await x509.signTbs(tbsOf(parts.with(7, list)), by.key));
    }

    for (const algorithm of x509.keyAlgorithms) {
      it(`accepts a certificate that a ${algorithm} key signed, from its issuer's certificate and from the key alone`, async () => {
        const by = await makeIssuer(algorithm);
        const { certificate } = await makeHolder(by, "Ed25519");
        for (const from of [by.certificate, by.certificate.key.spki]) {
          expect(await x509.checkCertificate(certificate, from, now)).to.deep.equal({ valid: true, reasons: [] });
        }
        const bytes = Uint8Array.from(certificate.der);
        bytes[bytes.length - 1]! ^= 1;
        const changed = await x509.checkCertificate(x509.parseCertificate(bytes), by.certificate, now);
        expect(codesOf(changed)).to.deep.equal(["SIGNATURE_WRONG"]);
      });
    }

    it("takes both ends of the period as within it", async () => {
      const { certificate } = holder;
      const key = issuer.certificate.key.spki;
      for (const at of [validity.notBefore, validity.notAfter]) {
        expect((await x509.checkCertificate(certificate, key, at)).valid).to.equal(true);
      }
      const early = await x509.checkCertificate(certificate, issuer.certificate, validity.notBefore - 1);
      expect(codesOf(early)).to.deep.equal(["NOT_YET_VALID", "ISSUER_NOT_YET_VALID"]);
      expect(early.reasons[0]!.args).to.deep.equal({ notBefore: validity.notBefore, at: validity.notBefore - 1 });
      const late = await x509.checkCertificate(certificate, issuer.certificate, validity.notAfter + 1);
      expect(codesOf(late)).to.deep.equal(["EXPIRED", "ISSUER_EXPIRED"]);
    });

    it("takes no time at all as within no period", async () => {
      const found = await x509.checkCertificate(holder.certificate, issuer.certificate, Number.NaN);
      expect(codesOf(found)).to.deep.equal(["NOT_YET_VALID", "EXPIRED", "ISSUER_NOT_YET_VALID", "ISSUER_EXPIRED"]);
    });

    it("names another issuer with the same key, another key with the same name, and both", async () => {
      const { key } = issuer;
      const same = { key, serial: 2n, ...validity };
      const { tbs } = x509.createRootTbs({ ...same, subject: { commonName: "another name" } });
      const renamed = x509.parseCertificate(await x509.signTbs(tbs, key));
      expect(codesOf(await x509.checkCertificate(holder.certificate, renamed, now))).to.deep.equal([
        "ISSUER_NAME_DIFFERS",
      ]);
      const other = await makeIssuer();
      expect(codesOf(await x509.checkCertificate(holder.certificate, other.certificate, now))).to.deep.equal([
        "SIGNATURE_WRONG",
      ]);
      const neither = await makeIssuer("RSA", "centre 2");
      expect(codesOf(await x509.checkCertificate(holder.certificate, neither.certificate, now))).to.deep.equal([
        "SIGNATURE_WRONG",
        "ISSUER_NAME_DIFFERS",
      ]);
    });

    it("refuses an issuer that is no authority", async () => {
      const lower = await makeHolder({ key: holder.key, certificate: holder.certificate });
      expect(codesOf(await x509.checkCertificate(lower.certificate, holder.certificate, now))).to.deep.equal([
        "ISSUER_NO_AUTHORITY",
      ]);
    });

    it("refuses an authority whose key may not sign certificates, or that may have none below", async () => {
      const { certificate } = issuer;
      const parts = partsOf(certificate.tbs);
      const constraints = writeDer(tags.sequence, writeDer(tags.boolean, Uint8Array.of(0xff)));
      const usage = writeExtension("2.5.29.15", Uint8Array.of(3, 2, 7, 0x80));
      const list = writeDer(tags.sequence, writeExtension("2.5.29.19", constraints), usage);
      const tbs = tbsOf(parts.with(7, writeDer(0xa3, list)));
      const noSigner = x509.parseCertificate(await x509.signTbs(tbs, issuer.key));
      expect(codesOf(await x509.checkCertificate(holder.certificate, noSigner, now))).to.deep.equal([
        "ISSUER_NO_AUTHORITY",
      ]);
      const authority = x509.parseCertificate(
        await x509.signTbs(tbsOf(parts.with(1, Uint8Array.of(2, 1, 9))), issuer.key),
      );
      expect(authority.extensions.isCa).to.equal(true);
      expect(codesOf(await x509.checkCertificate(authority, certificate, now))).to.deep.equal(["ISSUER_PATH_TOO_LONG"]);
    });

    it("refuses a critical extension that it does not know, in the certificate and in its issuer", async () => {
      const unknown = writeExtension("1.2.3.4", Uint8Array.of(5, 0), true);
      const certificate = await withExtension(unknown, issuer, holder.certificate);
      const found = await x509.checkCertificate(certificate, issuer.certificate, now);
      expect(codesOf(found)).to.deep.equal(["UNKNOWN_CRITICAL_EXTENSION"]);
      expect(found.reasons[0]!.args).to.deep.equal({ oid: "1.2.3.4" });
      const parent = await withExtension(unknown, issuer, issuer.certificate);
      expect(codesOf(await x509.checkCertificate(holder.certificate, parent, now))).to.deep.equal([
        "ISSUER_UNKNOWN_CRITICAL_EXTENSION",
      ]);
      const tolerated = await withExtension(writeExtension("1.2.3.4", Uint8Array.of(5, 0)), issuer, holder.certificate);
      expect((await x509.checkCertificate(tolerated, issuer.certificate, now)).valid).to.equal(true);
    });

    it("refuses SHA-1 but in a root, which is trusted because it is known", async () => {
      const roots = rootCertificates.map((pem) => x509.parseCertificate(pem));
      const weak = roots.find(({ signatureAlgorithm }) => signatureAlgorithm === "RSA-SHA1");
      if (weak !== undefined) expect((await x509.checkCertificate(weak, weak, weak.notBefore)).valid).to.equal(true);
      const identifier = writeDer(tags.sequence, writeOid("1.2.840.10045.4.1"));
      const certificate = x509.parseCertificate(unsigned(tbsOf(partsOf(holder.certificate.tbs).with(2, identifier))));
      expect(codesOf(await x509.checkCertificate(certificate, issuer.certificate, now))).to.include("SIGNATURE_WEAK");
    });

    it("answers and does not throw for keys and signatures that do not fit each other", async () => {
      const { certificate } = holder;
      for (const key of [new Uint8Array(), Uint8Array.of(0x30, 0), (await makeIssuer("RSA")).certificate.key.spki]) {
        expect(codesOf(await x509.checkCertificate(certificate, key, now))).to.deep.equal(["SIGNATURE_WRONG"]);
      }
      const nothing = x509.parseCertificate(unsigned(certificate.tbs));
      expect(codesOf(await x509.checkCertificate(nothing, issuer.certificate, now))).to.deep.equal(["SIGNATURE_WRONG"]);
    });
  });
});
