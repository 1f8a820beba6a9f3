import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";

import { expect } from "chai";
import { sha256 } from "ethers";
import fc from "fast-check";

import { tags } from "../../sdk/src/certificates/x509/der/DerNode.js";
import { MAX_DER_BYTES } from "../../sdk/src/certificates/x509/der/readDer.js";
import { writeDer } from "../../sdk/src/certificates/x509/der/writeDer.js";
import { writeOid } from "../../sdk/src/certificates/x509/der/writeOid.js";
import * as x509 from "../../sdk/src/certificates/index.js";
import { CertificateError, type CertificateErrorCode } from "../../sdk/src/certificates/index.js";
import { certificatesByOpenssl, opensslKinds } from "../helpers/openssl.js";
import { type Holder, makeHolder, makeIssuer, partsOf, refusal, tbsOf, unsigned } from "../helpers/x509.js";

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const [SERIAL, VALIDITY, EXTENSIONS] = [1, 4, 7];

/** What Node's own reader says about a certificate, in our words. */
function asNodeReads(der: Uint8Array): Record<string, unknown> {
  const certificate = new X509Certificate(der);
  return {
    contentHash: `0x${certificate.fingerprint256.replaceAll(":", "").toLowerCase()}`,
    notBefore: Date.parse(certificate.validFrom) / 1_000,
    notAfter: Date.parse(certificate.validTo) / 1_000,
    serial: BigInt(`0x${certificate.serialNumber}`),
    subjectKeyHash: sha256(certificate.publicKey.export({ type: "spki", format: "der" })),
    isCa: certificate.ca,
  };
}

function asWeRead(der: Uint8Array | string): Record<string, unknown> {
  const { contentHash, notBefore, notAfter, serial, subjectKeyHash, extensions } = x509.parseCertificate(der);
  return { contentHash, notBefore, notAfter, serial: BigInt(serial), subjectKeyHash, isCa: extensions.isCa };
}

describe("certificates", () => {
  describe("parseCertificate", () => {
    let holder: Holder;
    let parts: Uint8Array[];

    before(async () => {
      holder = await makeHolder(await makeIssuer());
      parts = partsOf(holder.certificate.tbs);
    });

    const withPart = (place: number, part: Uint8Array): Uint8Array => unsigned(tbsOf(parts.with(place, part)));
    const withTimes = (...times: readonly Uint8Array[]): Uint8Array =>
      withPart(VALIDITY, writeDer(tags.sequence, ...times));
    const withExtensions = (...list: readonly Uint8Array[]): Uint8Array =>
      withPart(EXTENSIONS, writeDer(0xa3, writeDer(tags.sequence, ...list)));
    const extension = (oid: string, value: Uint8Array): Uint8Array =>
      writeDer(tags.sequence, writeOid(oid), writeDer(tags.octetString, value));

    describe("given each root that ships with Node", () => {
      it("reads what Node reads, and the root signs itself", async () => {
        expect(rootCertificates.length).to.be.greaterThan(100);
        for (const pem of rootCertificates) {
          const { raw } = new X509Certificate(pem);
          expect(asWeRead(pem)).to.deep.equal(asNodeReads(raw));
          const root = x509.parseCertificate(raw);
          expect((await x509.checkCertificate(root, root, root.notBefore)).reasons).to.deep.equal([]);
        }
      }).timeout(30_000);
    });

    describe("given a certificate that OpenSSL made", () => {
      async function readsAndChecks(pem: string, kind: string, signatureAlgorithm: string): Promise<void> {
        const read = x509.parseCertificate(pem);
        expect(asWeRead(pem)).to.deep.equal(asNodeReads(new X509Certificate(pem).raw));
        expect(read.signatureAlgorithm).to.equal(signatureAlgorithm);
        expect(read.key.algorithm).to.equal(kind === "RSA-PSS" ? "RSA" : kind);
        expect(read.subject.text).to.equal("C=DE, O=Exämple, CN=node 7");
        expect(read.extensions.names).to.deep.equal({
          dns: ["a.example", "*.b.example"],
          ip: ["192.0.2.1", "2001:db8:0:0:0:0:0:1"],
          uri: ["urn:x:1"],
          email: ["a@b.example"],
          others: 1,
        });
        expect(await x509.checkCertificate(read, read, read.notBefore)).to.deep.equal({ valid: true, reasons: [] });
        expect(read.ecdsa === undefined).to.equal(!signatureAlgorithm.startsWith("ECDSA"));
      }

      for (const [kind, options, signatureAlgorithm] of opensslKinds) {
        it(`reads and checks ${kind} as it was made once, and as it is made now where the machine has OpenSSL`, async () => {
          for (const pem of certificatesByOpenssl(kind, options)) await readsAndChecks(pem, kind, signatureAlgorithm);
        }).timeout(20_000);
      }
    });

    describe("given PEM", () => {
      it("reads one block, with text around it, with CRLF, and as a file's bytes", () => {
        const pem = x509.toPem(holder.certificate.der, "CERTIFICATE");
        const forms = [pem, `Certificate:\n  Data: x\n${pem}after\n`, pem.replaceAll("\n", "\r\n"), Buffer.from(pem)];
        for (const form of forms) expect(x509.parseCertificate(form).der).to.deep.equal(holder.certificate.der);
      });

      it("refuses what is not one block of base64 with the right label", () => {
        const pem = x509.toPem(holder.certificate.der, "CERTIFICATE");
        expect(refusal(() => x509.parseCertificate(pem + pem), "CERT_PEM_BLOCKS").args).to.include({ actual: 2 });
        const bodies = ["", "!!!!", "AAAA=AAA", "MAB=", "MAA", "=", "MAA=MAA="];
        const broken = [
          "",
          "garbage",
          "-----BEGIN CERTIFICATE-----",
          pem.replace("-----END CERTIFICATE-----", ""),
          pem.replace("END CERTIFICATE", "END KEY"),
          pem.replaceAll("CERTIFICATE", "PUBLIC KEY"),
          `\u0000${pem.slice(1)}`,
          ...bodies.map((body) => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`),
        ];
        for (const form of broken) refusal(() => x509.parseCertificate(form), "CERT_PEM");
        refusal(() => x509.parseCertificate(" ".repeat(MAX_DER_BYTES * 3 + 1)), "CERT_TOO_LARGE");
      });
    });

    describe("given DER", () => {
      it("refuses what follows the end, with the numbers", () => {
        const { der } = holder.certificate;
        const error = refusal(() => x509.parseCertificate(Uint8Array.of(...der, 0)), "CERT_TRAILING_BYTES");
        expect(error.args).to.include({ expected: der.length, actual: der.length + 1 });
        expect(error.message).to.contain(String(der.length));
      });

      it("refuses each encoding that DER does not have", () => {
        const cases: readonly (readonly [string, readonly number[]])[] = [
          ["nothing", []],
          ["a cut", [0x30]],
          ["a cut length", [0x30, 0x82, 0x01]],
          ["an indefinite length", [0x30, 0x80, 0x00, 0x00]],
          ["a length of four bytes", [0x30, 0x84, 0, 0, 0, 1, 0]],
          ["a long form for a short length", [0x30, 0x81, 0x01, 0x05]],
          ["a length with a leading zero", [0x30, 0x82, 0x00, 0x80, ...new Array<number[]>(64).fill([5, 0]).flat()]],
          ["the long form for 127", [0x30, 0x81, 0x7f, ...new Array<number[]>(62).fill([5, 0]).flat(), 4, 1, 0]],
          ["a length beyond the end", [0x30, 0x03, 0x05, 0x00]],
          ["a child beyond its parent", [0x30, 0x02, 0x04, 0x01]],
          ["a tag of several bytes", [0x30, 0x03, 0x1f, 0x01, 0x00]],
          ["a tag of zero", [0x30, 0x02, 0x00, 0x00]],
          ["an empty integer", [0x30, 0x02, 0x02, 0x00]],
          ["a padded positive integer", [0x30, 0x04, 0x02, 0x02, 0x00, 0x7f]],
          ["a padded negative integer", [0x30, 0x04, 0x02, 0x02, 0xff, 0x80]],
          ["a boolean of 1", [0x30, 0x03, 0x01, 0x01, 0x01]],
          ["a null with content", [0x30, 0x03, 0x05, 0x01, 0x00]],
          ["an empty object identifier", [0x30, 0x02, 0x06, 0x00]],
          ["a cut object identifier", [0x30, 0x03, 0x06, 0x01, 0x80]],
          ["a padded object identifier", [0x30, 0x05, 0x06, 0x03, 0x2a, 0x80, 0x01]],
          ["an empty bit string", [0x30, 0x02, 0x03, 0x00]],
          ["eight unused bits", [0x30, 0x04, 0x03, 0x02, 0x08, 0x00]],
          ["unused bits that are set", [0x30, 0x04, 0x03, 0x02, 0x01, 0x01]],
          ["a primitive sequence", [0x30, 0x02, 0x10, 0x00]],
          ["a string in parts", [0x30, 0x05, 0x24, 0x03, 0x04, 0x01, 0x00]],
        ];
        for (const [name, bytes] of cases) {
          if (bytes[0] === 0x30) refusal(() => x509.parseCertificate(Uint8Array.from(bytes)), "CERT_NOT_DER");
          refusal(() => x509.parseTbs(Uint8Array.from(bytes)), "CERT_NOT_DER");
          expect(name).to.not.equal("");
        }
      });

      it("refuses what is too large or too deep", () => {
        const large = writeDer(tags.sequence, new Uint8Array(MAX_DER_BYTES));
        expect(refusal(() => x509.parseCertificate(large), "CERT_TOO_LARGE").args).to.include({ max: MAX_DER_BYTES });
        let deep = writeDer(tags.sequence);
        for (let i = 0; i < 5_000; i++) deep = writeDer(tags.sequence, deep);
        refusal(() => x509.parseCertificate(deep), "CERT_NOT_DER");
      });

      it("stays as it was read when the caller's bytes change", () => {
        const bytes = Uint8Array.from(holder.certificate.der);
        const read = x509.parseCertificate(bytes);
        bytes.fill(0);
        expect(read.der).to.deep.equal(holder.certificate.der);
        expect(sha256(read.tbs)).to.equal(read.tbsHash);
      });
    });

    describe("given serial numbers", () => {
      const cases: readonly (readonly [readonly number[], string])[] = [
        [[0x00], "0x0"],
        [[0x01], "0x1"],
        [[0x7f], "0x7f"],
        [[0x00, 0x80], "0x80"],
        [[0x80], "-0x80"],
        [[0xff], "-0x1"],
        [[0xff, 0x7f], "-0x81"],
        [[0x7f, ...new Array<number>(19).fill(0xff)], `0x7f${"ff".repeat(19)}`],
        [[0x00, ...new Array<number>(20).fill(0xff)], `0x${"ff".repeat(20)}`],
      ];
      for (const [bytes, serial] of cases) {
        it(`reads ${serial}`, () => {
          const der = withPart(SERIAL, writeDer(tags.integer, Uint8Array.from(bytes)));
          expect(x509.parseCertificate(der).serial).to.equal(serial);
        });
      }
    });

    describe("given times", () => {
      const utc = (value: string): Uint8Array => writeDer(tags.utcTime, text(value));
      const generalized = (value: string): Uint8Array => writeDer(tags.generalizedTime, text(value));

      it("reads every year from 0 to 9999 to the second", () => {
        const cases: readonly (readonly [Uint8Array, string])[] = [
          [utc("500101000000Z"), "1950-01-01T00:00:00Z"],
          [utc("491231235959Z"), "2049-12-31T23:59:59Z"],
          [utc("000229120000Z"), "2000-02-29T12:00:00Z"],
          [generalized("20500101000000Z"), "2050-01-01T00:00:00Z"],
          [generalized("19491231235959Z"), "1949-12-31T23:59:59Z"],
          [generalized("00000101000000Z"), "0000-01-01T00:00:00Z"],
          [generalized("99991231235959Z"), "9999-12-31T23:59:59Z"],
        ];
        for (const [time, iso] of cases) {
          const read = x509.parseCertificate(withTimes(time, time));
          expect([read.notBefore, read.notAfter]).to.deep.equal([Date.parse(iso) / 1_000, Date.parse(iso) / 1_000]);
        }
      });

      it("refuses each time that RFC 5280 does not have", () => {
        const good = utc("200101000000Z");
        const broken = [
          ...["", "2001010000Z", "200101000000", "200101000000+0100", "2001010000000Z", "20010100000aZ"].map(utc),
          ...["200230000000Z", "200101240000Z", "200101000060Z", "201301000000Z", "210229000000Z"].map(utc),
          ...["100000101000000Z", "20200101000000.5Z", "20200101000000", "202001010000Z", "-0010101000000Z"].map(
            generalized,
          ),
        ];
        for (const time of broken) {
          expect(refusal(() => x509.parseCertificate(withTimes(time, good)), "CERT_TIME").args).to.include({
            field: "start",
          });
          expect(refusal(() => x509.parseCertificate(withTimes(good, time)), "CERT_TIME").args).to.include({
            field: "end",
          });
        }
        for (const der of [withTimes(good), withTimes(good, good, good), withTimes(good, writeDer(tags.null))]) {
          refusal(() => x509.parseCertificate(der), "CERT_MALFORMED");
        }
      });
    });

    describe("given fields that contradict each other", () => {
      it("refuses two algorithms, two extensions of one kind, and fields that the version lacks", () => {
        const usage = extension("2.5.29.15", Uint8Array.of(3, 2, 7, 0x80));
        const other = writeDer(tags.sequence, writeOid("1.2.840.10045.4.3.3"));
        const withNull = writeDer(tags.sequence, writeOid("1.2.840.10045.4.3.2"), writeDer(tags.null));
        const outer = (identifier: Uint8Array): Uint8Array => {
          const [tbs, , signature] = partsOf(holder.certificate.der);
          return writeDer(tags.sequence, tbs!, identifier, signature!);
        };
        const version = (number: number): Uint8Array =>
          withPart(0, writeDer(0xa0, writeDer(tags.integer, Uint8Array.of(number))));
        for (const der of [
          outer(other),
          outer(withNull),
          withExtensions(usage, usage),
          version(3),
          version(0x80),
          version(0),
          version(1),
          withPart(0, writeDer(0xa0)),
          unsigned(tbsOf([...parts, parts[EXTENSIONS]!])),
          unsigned(tbsOf([...parts, writeDer(0x81, Uint8Array.of(0))])),
          unsigned(tbsOf([...parts, writeDer(tags.null)])),
        ]) {
          refusal(() => x509.parseCertificate(der), "CERT_MALFORMED");
        }
      });

      it("reads version 1, which has no extensions", () => {
        const read = x509.parseCertificate(unsignedOfVersion1(parts));
        expect([read.version, read.extensions.isCa, read.extensions.oids]).to.deep.equal([1, false, []]);
      });

      it("refuses a field that is missing or of another kind, wherever it is", () => {
        for (const [place] of parts.entries()) {
          const codes: readonly CertificateErrorCode[] = ["CERT_MALFORMED", "CERT_NOT_DER", "CERT_TIME"];
          for (const der of [
            () => unsigned(tbsOf(parts.with(place, Uint8Array.of(0x0c, 0)))),
            () => unsigned(tbsOf(parts.with(place, Uint8Array.of(0x30, 0)))),
            () => unsigned(tbsOf(parts.toSpliced(place, 1))),
          ]) {
            // The version may be left out, names may be empty, and extensions too.
            const result = outcome(der());
            if (result === "read") expect([0, 3, 5, EXTENSIONS]).to.include(place);
            else expect(codes).to.include(result);
          }
        }
      });

      it("refuses extensions whose values are not of their kind", () => {
        const cases = [
          extension("2.5.29.17", writeDer(tags.sequence)),
          extension("2.5.29.17", writeDer(tags.sequence, writeDer(0x87, Uint8Array.of(1, 2, 3)))),
          extension("2.5.29.17", writeDer(tags.sequence, writeDer(0x82, text("a b")))),
          extension("2.5.29.17", writeDer(tags.sequence, writeDer(0x82))),
          extension("2.5.29.17", writeDer(tags.octetString)),
          extension("2.5.29.19", writeDer(tags.sequence, writeDer(tags.integer, Uint8Array.of(0xff)))),
          extension("2.5.29.19", writeDer(tags.sequence, writeDer(tags.null))),
          extension("2.5.29.15", writeDer(tags.null)),
          extension("2.5.29.37", writeDer(tags.sequence, writeDer(tags.null))),
          extension("2.5.29.14", writeDer(tags.null)),
          writeDer(tags.sequence, writeOid("2.5.29.14")),
          writeDer(tags.octetString, text("x")),
        ];
        for (const each of cases) refusal(() => x509.parseCertificate(withExtensions(each)), "CERT_MALFORMED");
        refusal(
          () => x509.parseCertificate(withExtensions(extension("2.5.29.19", Uint8Array.of(0x30, 1)))),
          "CERT_NOT_DER",
        );
      });

      it("refuses keys and signatures that are not of their kind", () => {
        const [, , , , , , spki] = parts;
        const [identifier, bits] = partsOf(spki!);
        const rsa = writeDer(tags.sequence, writeOid("1.2.840.113549.1.1.1"), writeDer(tags.null));
        const key = (...list: readonly Uint8Array[]): Uint8Array => withPart(6, writeDer(tags.sequence, ...list));
        const zero = writeDer(tags.integer, Uint8Array.of(0));
        const bitsOf = (body: Uint8Array): Uint8Array => writeDer(tags.bitString, Uint8Array.of(0), body);
        const cases = [
          key(identifier!),
          key(identifier!, writeDer(tags.bitString, Uint8Array.of(1, 0))),
          key(writeDer(tags.sequence, writeOid("1.2.840.10045.2.1")), bits!),
          key(rsa, bitsOf(writeDer(tags.sequence))),
          key(rsa, bitsOf(writeDer(tags.sequence, zero, zero))),
        ];
        for (const der of cases) refusal(() => x509.parseCertificate(der), "CERT_MALFORMED");
        const [tbs, algorithm] = partsOf(holder.certificate.der);
        const one = writeDer(tags.integer, Uint8Array.of(1));
        for (const pair of [[one], [one, zero], [one, one, one], [writeDer(tags.integer, Uint8Array.of(0x80)), one]]) {
          const der = writeDer(tags.sequence, tbs!, algorithm!, bitsOf(writeDer(tags.sequence, ...pair)));
          refusal(() => x509.parseCertificate(der), "CERT_MALFORMED");
        }
      });

      it("names keys of kinds that it does not use by their object identifier", () => {
        const [, , , , , , spki] = parts;
        const [, bits] = partsOf(spki!);
        const der = withPart(6, writeDer(tags.sequence, writeDer(tags.sequence, writeOid("1.2.3.4")), bits!));
        expect(x509.parseCertificate(der).key.algorithm).to.equal("1.2.3.4");
      });
    });

    describe("given any bytes", () => {
      const RUNS = 3_000;

      it("reads or refuses by name a certificate with bytes changed, taken out, put in or cut off", () => {
        const seeds = [
          holder.certificate.der,
          ...rootCertificates.slice(0, 20).map((pem) => new X509Certificate(pem).raw),
        ];
        const seen = new Set<string>();
        fc.assert(
          fc.property(
            fc.constantFrom(...seeds),
            fc.array(fc.tuple(fc.constantFrom("set", "take", "put", "cut"), fc.nat(), fc.nat(255)), {
              minLength: 1,
              maxLength: 4,
            }),
            (seed, edits) => {
              let bytes = [...seed];
              for (const [edit, anywhere, byte] of edits) {
                const place = anywhere % Math.max(bytes.length, 1);
                if (edit === "set") bytes[place] = byte;
                else if (edit === "take") bytes.splice(place, 1);
                else if (edit === "put") bytes.splice(place, 0, byte);
                else bytes = bytes.slice(0, place);
              }
              seen.add(outcome(Uint8Array.from(bytes)));
            },
          ),
          { numRuns: RUNS },
        );
        expect([...seen]).to.include.members(["read", "CERT_NOT_DER", "CERT_TRAILING_BYTES", "CERT_MALFORMED"]);
      }).timeout(60_000);

      it("reads or refuses by name a certificate with any one bit flipped", () => {
        const { der, contentHash } = holder.certificate;
        for (let bit = 0; bit < der.length * 8; bit++) {
          const bytes = Uint8Array.from(der);
          bytes[bit >> 3]! ^= 1 << (bit & 7);
          if (outcome(bytes) === "read") expect(x509.parseCertificate(bytes).contentHash).to.not.equal(contentHash);
        }
      }).timeout(60_000);

      it("reads or refuses by name any bytes and any text", () => {
        fc.assert(
          fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: "binary" })), (input) => {
            outcome(input);
            outcome(
              input instanceof Uint8Array
                ? Uint8Array.of(0x30, input.length & 0x7f, ...input.subarray(0, input.length & 0x7f))
                : input,
            );
          }),
          { numRuns: RUNS },
        );
      }).timeout(60_000);
    });
  });
});

/** How it ends; anything but a reading or a named error fails the test. */
function outcome(input: Uint8Array | string): string {
  try {
    x509.parseCertificate(input);
    return "read";
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    return (error as CertificateError).code;
  }
}

/** The same certificate as of version 1: without the version and without extensions. */
function unsignedOfVersion1(parts: readonly Uint8Array[]): Uint8Array {
  const [, serial, identifier, ...rest] = parts.slice(0, EXTENSIONS);
  const one = Uint8Array.of(2, 1, 1);
  const signature = writeDer(tags.bitString, Uint8Array.of(0), writeDer(tags.sequence, one, one));
  return writeDer(tags.sequence, tbsOf([serial!, identifier!, ...rest]), identifier!, signature);
}
