import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import * as x509 from "../../sdk/src/certificates/index.js";
import { tags } from "../../sdk/src/certificates/x509/der/DerNode.js";
import { writeDer } from "../../sdk/src/certificates/x509/der/writeDer.js";
import { writeExtension } from "../../sdk/src/certificates/x509/writeExtension.js";
import {
  type Issuer,
  makeHolder,
  makeIssuer,
  now,
  openssl,
  opensslVersion,
  partsOf,
  refusal,
  tbsOf,
} from "../helpers/x509.js";

const codesOf = ({ reasons }: x509.CertificateCheck): readonly string[] => reasons.map(({ code }) => code);

const CA = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign";
const EXAMPLE = `${CA}\nnameConstraints=critical,permitted;DNS:example.com`;
const NET = `${CA}\nnameConstraints=critical,permitted;IP:192.0.2.0/255.255.255.0`;

/** What an authority is made with, what its certificate, and what is wrong; OpenSSL has to come to the same. */
const CASES: readonly (readonly [name: string, authority: string, below: string, codes: readonly string[]])[] = [
  ["an authority of no bounds", CA, "subjectAltName=DNS:a.example.org", []],
  ["an issuer that is no authority", "basicConstraints=CA:FALSE", "", ["ISSUER_NO_AUTHORITY"]],
  ["an issuer without basic constraints", "subjectKeyIdentifier=hash", "", ["ISSUER_NO_AUTHORITY"]],
  ["a key that may not sign", "basicConstraints=CA:TRUE\nkeyUsage=cRLSign", "", ["ISSUER_NO_AUTHORITY"]],
  ["an unknown critical extension", CA, "1.2.3.4=critical,DER:0500", ["UNKNOWN_CRITICAL_EXTENSION"]],
  [
    "an unknown critical extension of the issuer",
    `${CA}\n1.2.3.4=critical,DER:0500`,
    "",
    ["ISSUER_UNKNOWN_CRITICAL_EXTENSION"],
  ],
  ["a DNS name within what is permitted", EXAMPLE, "subjectAltName=DNS:a.example.com,DNS:EXAMPLE.com", []],
  ["a DNS name outside", EXAMPLE, "subjectAltName=DNS:a.example.com,DNS:a.example.org", ["NAME_NOT_PERMITTED"]],
  ["a DNS name that only ends alike", EXAMPLE, "subjectAltName=DNS:badexample.com", ["NAME_NOT_PERMITTED"]],
  ["a DNS name in the subject alone", EXAMPLE, "", ["NAME_NOT_PERMITTED"]],
  ["names of a kind that is not bounded", EXAMPLE, "subjectAltName=DNS:example.com,IP:192.0.2.7", []],
  [
    "bounds that are not critical",
    `${CA}\nnameConstraints=permitted;DNS:example.com`,
    "subjectAltName=DNS:a.example.org",
    ["NAME_NOT_PERMITTED"],
  ],
  [
    "a DNS name that is excluded",
    `${CA}\nnameConstraints=critical,permitted;DNS:example.com,excluded;DNS:bank.example.com`,
    "subjectAltName=DNS:www.bank.example.com",
    ["NAME_EXCLUDED"],
  ],
  [
    "a domain with a dot before it",
    `${CA}\nnameConstraints=critical,permitted;DNS:.example.com`,
    "subjectAltName=DNS:a.example.com,DNS:example.com",
    ["NAME_NOT_PERMITTED"],
  ],
  ["an address within what is permitted", NET, "subjectAltName=DNS:a.example.org,IP:192.0.2.7", []],
  ["an address outside", NET, "subjectAltName=DNS:a.example.org,IP:192.0.3.7", ["NAME_NOT_PERMITTED"]],
  [
    "an address of IPv6 where IPv4 is permitted",
    NET,
    "subjectAltName=DNS:a.example.org,IP:2001:db8::1",
    ["NAME_NOT_PERMITTED"],
  ],
  [
    "an address that is excluded",
    `${CA}\nnameConstraints=critical,excluded;IP:2001:db8:0:0:0:0:0:0/ffff:fff0:0:0:0:0:0:0`,
    "subjectAltName=DNS:a.example.org,IP:2001:db8::1,IP:2001:dc8::1",
    ["NAME_EXCLUDED"],
  ],
  [
    "a subject outside the directory that is permitted",
    `${CA}\nnameConstraints=critical,permitted;dirName:here\n[here]\nO=Elsewhere`,
    "",
    ["ISSUER_CONSTRAINTS_UNPROCESSED"],
  ],
];

describe("certificates", () => {
  describe("checkCertificate against authorities that OpenSSL made", function () {
    let folder: string | undefined;
    before(function () {
      if (opensslVersion === undefined) this.skip();
      folder = mkdtempSync(join(tmpdir(), "guildhall-authorities-"));
      for (const key of ["root", "middle", "leaf"]) {
        run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", `${key}.key`);
      }
    });
    after(() => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    });

    const path = (file: string): string => join(folder ?? expect.fail("there is no OpenSSL"), file);
    const run = (...args: readonly string[]): string => openssl(path("."), ...args);
    /** Signs a certificate for a name by an authority, or by itself. */
    function make(name: string, subject: string, extensions: string, by?: string): x509.Certificate {
      writeFileSync(path("extensions"), `${extensions}\n`);
      run("req", "-new", "-key", `${name}.key`, "-subj", subject, "-out", "request");
      const signer = by === undefined ? ["-signkey", `${name}.key`] : ["-CA", `${by}.pem`, "-CAkey", `${by}.key`];
      const serial = by === undefined ? [] : ["-set_serial", "7"];
      run(
        "x509",
        "-req",
        "-in",
        "request",
        ...signer,
        ...serial,
        "-days",
        "2",
        "-extfile",
        "extensions",
        "-out",
        `${name}.pem`,
      );
      return x509.parseCertificate(readFileSync(path(`${name}.pem`), "utf8"));
    }
    const isFineByOpenssl = (...below: readonly string[]): boolean =>
      spawnSync("openssl", ["verify", "-CAfile", "root.pem", ...below], { cwd: path(".") }).status === 0;

    for (const [name, authority, below, codes] of CASES) {
      it(`comes to the same as OpenSSL of ${name} (${codes.join(", ") || "fine"})`, async () => {
        const root = make("root", "/CN=root", authority);
        const leaf = make("leaf", "/CN=www.example.net", below, "root");
        expect(codesOf(await x509.checkCertificate(leaf, root, leaf.notBefore))).to.deep.equal(codes);
        expect(isFineByOpenssl("leaf.pem")).to.equal(codes.length === 0);
      });
    }

    it("refuses the link of a path that is longer than its root allows, as OpenSSL refuses the path", async () => {
      for (const [length, codes] of [
        [0, ["ISSUER_PATH_TOO_LONG"]],
        [1, []],
      ] as const) {
        const root = make(
          "root",
          "/CN=root",
          `basicConstraints=critical,CA:TRUE,pathlen:${length}\nkeyUsage=keyCertSign`,
        );
        const middle = make("middle", "/CN=middle", CA, "root");
        const leaf = make("leaf", "/CN=leaf", "", "middle");
        expect(codesOf(await x509.checkCertificate(middle, root, leaf.notBefore))).to.deep.equal(codes);
        expect(codesOf(await x509.checkCertificate(leaf, middle, leaf.notBefore))).to.deep.equal([]);
        expect(isFineByOpenssl("-untrusted", "middle.pem", "leaf.pem")).to.equal(length === 1);
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
