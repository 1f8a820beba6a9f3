import { expect } from "chai";

import * as x509 from "../../sdk/src/certificates/index.js";
import { tags } from "../../sdk/src/certificates/x509/der/DerNode.js";
import { writeDer } from "../../sdk/src/certificates/x509/der/writeDer.js";
import { writeExtension } from "../../sdk/src/certificates/x509/writeExtension.js";
import { authorities, longPaths } from "../helpers/authorities.js";
import { chainsByOpenssl } from "../helpers/openssl.js";
import { type Issuer, makeHolder, makeIssuer, now, partsOf, refusal, tbsOf } from "../helpers/x509.js";

const codesOf = ({ reasons }: x509.CertificateCheck): readonly string[] => reasons.map(({ code }) => code);

describe("certificates", () => {
  describe("checkCertificate against authorities that OpenSSL made", function () {
    this.timeout(20_000);
    const readAll = (certificates: readonly string[]): x509.Certificate[] =>
      certificates.map((pem) => x509.parseCertificate(pem));

    for (const [name, authority, below, codes] of authorities) {
      it(`comes to the same as OpenSSL of ${name} (${codes.join(", ") || "fine"})`, async () => {
        for (const { certificates, accepted } of chainsByOpenssl([authority, below])) {
          const [root, leaf] = readAll(certificates);
          expect(codesOf(await x509.checkCertificate(leaf!, root!, leaf!.notBefore))).to.deep.equal(codes);
          expect(accepted).to.equal(codes.length === 0);
        }
      });
    }

    it("refuses the link of a path that is longer than its root allows, as OpenSSL refuses the path", async () => {
      for (const [extensions, codes] of longPaths) {
        for (const { certificates, accepted } of chainsByOpenssl(extensions)) {
          const [root, middle, leaf] = readAll(certificates);
          expect(codesOf(await x509.checkCertificate(middle!, root!, leaf!.notBefore))).to.deep.equal(codes);
          expect(codesOf(await x509.checkCertificate(leaf!, middle!, leaf!.notBefore))).to.deep.equal([]);
          expect(accepted).to.equal(codes.length === 0);
        }
      }
    });
  });

  describe("name constraints", () => {
    let issuer: Issuer;
    before(async () => {
      issuer = await makeIssuer();
    });

    const subtree = (tag: number, ...names: readonly Uint8Array[]): Uint8Array =>
      writeDer(tag, ...names.map((name) => writeDer(tags.sequence, name)));
    const dns = (name: string): Uint8Array => writeDer(0x82, new TextEncoder().encode(name));
    /** The authority with these constraints, critical and as they are given. */
    async function constrained(constraints: Uint8Array, by: Issuer = issuer): Promise<x509.Certificate> {
      const parts = partsOf(by.certificate.tbs);
      const own = partsOf(partsOf(parts[7]!)[0]!);
      const list = writeDer(tags.sequence, ...own, writeExtension("2.5.29.30", constraints, true));
      return x509.parseCertificate(await x509.signTbs(tbsOf(parts.with(7, writeDer(0xa3, list))), by.key));
    }

    it("exclude a wildcard that covers what is excluded, and names with a dot at their end", async () => {
      const authority = await constrained(
        writeDer(tags.sequence, subtree(0xa1, dns("b.a.example"), dns("c.example."))),
      );
      for (const [name, codes] of [
        ["*.a.example", ["NAME_EXCLUDED"]],
        ["*.b.a.example", ["NAME_EXCLUDED"]],
        ["c.example", ["NAME_EXCLUDED"]],
        ["d.c.example.", ["NAME_EXCLUDED"]],
        ["*.example.org", []],
        ["a.example", []],
      ] as const) {
        const { certificate } = await makeHolder(issuer, "P-256", { dns: [name] });
        const found = await x509.checkCertificate(certificate, authority, now);
        expect(codesOf(found), name).to.deep.equal(codes);
        if (codes.length > 0) expect(found.reasons[0]!.args).to.deep.equal({ kind: "dns", name });
      }
    });

    it("permit or exclude every name where the domain is empty", async () => {
      const { certificate } = await makeHolder(issuer, "P-256", { dns: ["a.example"] });
      const all = await constrained(writeDer(tags.sequence, subtree(0xa0, dns(""))));
      expect(codesOf(await x509.checkCertificate(certificate, all, now))).to.deep.equal([]);
      const none = await constrained(writeDer(tags.sequence, subtree(0xa1, dns(""))));
      expect(codesOf(await x509.checkCertificate(certificate, none, now))).to.deep.equal(["NAME_EXCLUDED"]);
    });

    it("are refused by name where their kind is not processed, whatever the certificate is for", async () => {
      const { certificate } = await makeHolder(issuer);
      const bounded = writeDer(tags.sequence, dns("localhost"), writeDer(0x80, Uint8Array.of(1)));
      const authority = await constrained(
        writeDer(
          tags.sequence,
          writeDer(0xa0, bounded),
          subtree(0xa1, writeDer(0x81), writeDer(0x86), writeDer(0xa4, writeDer(tags.sequence)), writeDer(0x88)),
        ),
      );
      const { reasons } = await x509.checkCertificate(certificate, authority, now);
      const kinds = "names with a minimum or maximum, e-mail addresses, URIs, directory names, names of other kinds";
      expect(reasons.map(({ code, args }) => [code, args])).to.deep.equal([
        ["ISSUER_CONSTRAINTS_UNPROCESSED", { kinds }],
      ]);
    });

    it("are an unknown extension in a certificate that is no authority's", async () => {
      const holder = await makeHolder(issuer);
      const parts = partsOf(holder.certificate.tbs);
      const constraints = writeExtension("2.5.29.30", writeDer(tags.sequence, subtree(0xa0, dns("localhost"))), true);
      const list = writeDer(tags.sequence, ...partsOf(partsOf(parts[7]!)[0]!), constraints);
      const tbs = tbsOf(parts.with(7, writeDer(0xa3, list)));
      const certificate = x509.parseCertificate(await x509.signTbs(tbs, issuer.key));
      expect(codesOf(await x509.checkCertificate(certificate, issuer.certificate, now))).to.deep.equal([
        "UNKNOWN_CRITICAL_EXTENSION",
      ]);
    });

    it("are not read where they have another form", () => {
      const parts = partsOf(issuer.certificate.tbs);
      const own = partsOf(partsOf(parts[7]!)[0]!);
      for (const constraints of [
        writeDer(tags.sequence),
        writeDer(tags.set, subtree(0xa0, dns("a"))),
        writeDer(tags.sequence, writeDer(0xa0)),
        writeDer(tags.sequence, writeDer(0xa2, dns("a"))),
        writeDer(tags.sequence, subtree(0xa0, dns("a")), subtree(0xa0, dns("b"))),
        writeDer(tags.sequence, writeDer(0xa0, dns("a"))),
        writeDer(tags.sequence, subtree(0xa0, dns("a b"))),
        writeDer(tags.sequence, subtree(0xa0, writeDer(0x87, new Uint8Array(4)))),
      ]) {
        const list = writeDer(tags.sequence, ...own, writeExtension("2.5.29.30", constraints, true));
        refusal(() => x509.parseTbs(tbsOf(parts.with(7, writeDer(0xa3, list)))), "CERT_MALFORMED");
      }
    });
  });
});
