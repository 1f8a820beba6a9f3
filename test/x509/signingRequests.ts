import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { sha256 } from "ethers";
import fc from "fast-check";

import { tags } from "../../sdk/src/certificates/x509/der/DerNode.js";
import { writeDer } from "../../sdk/src/certificates/x509/der/writeDer.js";
import * as x509 from "../../sdk/src/certificates/index.js";
import { writeSigned } from "../../sdk/src/certificates/x509/writeSigned.js";
import { CertificateError } from "../../sdk/src/certificates/index.js";
import { opensslVersion, requestsByOpenssl, withOpenssl } from "../helpers/openssl.js";
import { partsOf, party, refusal, refusalOf } from "../helpers/x509.js";

const account = `eip155:${party.chainId}:${party.applicant}`;
const names = { dns: ["a.example"], ip: ["192.0.2.1"], uri: ["urn:x:1"], email: ["a@b.example"] };

async function requestOf(
  algorithm: x509.KeyAlgorithm = "P-256",
): Promise<{ key: x509.KeyPair; request: x509.SigningRequest }> {
  const key = await x509.createKeyPair(algorithm);
  const subject = { country: "DE", organization: "Exämple", commonName: "node 7" };
  return { key, request: await x509.createSigningRequest({ key, subject, names, ...party }) };
}

describe("certificates", () => {
  describe("keys", () => {
    for (const algorithm of x509.keyAlgorithms) {
      it(`makes, exports and loads ${algorithm}, as Node does`, async () => {
        const key = await x509.createKeyPair(algorithm);
        const pem = await x509.exportPrivateKey(key);
        expect(createPrivateKey(pem).asymmetricKeyType).to.equal(
          { "P-256": "ec", "P-384": "ec", Ed25519: "ed25519", RSA: "rsa" }[algorithm],
        );
        const loaded = await x509.importPrivateKey(Buffer.from(pem));
        expect(loaded.algorithm).to.equal(algorithm);
        expect(loaded.spki).to.deep.equal(key.spki);
        expect(x509.keyHashOf(loaded.spki)).to.equal(sha256(key.spki));
      });
    }

    it("keeps a key in when that is asked for", async () => {
      const key = await x509.createKeyPair("P-256", { extractable: false });
      await refusalOf(x509.exportPrivateKey(key), "CERT_KEY_NOT_EXTRACTABLE");
    });

    it("refuses kinds that it does not make, and files that hold no key, without quoting them", async () => {
      await refusalOf(x509.createKeyPair("P-521" as x509.KeyAlgorithm), "CERT_KEY_UNSUPPORTED");
      const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-521" });
      const other = privateKey.export({ type: "pkcs8", format: "pem" });
      expect((await refusalOf(x509.importPrivateKey(other), "CERT_KEY_UNSUPPORTED")).args["algorithm"]).to.equal(
        "P-521",
      );
      const secp256k1 = generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey;
      await refusalOf(
        x509.importPrivateKey(secp256k1.export({ type: "pkcs8", format: "der" })),
        "CERT_KEY_UNSUPPORTED",
      );
      const encrypted = privateKey.export({ type: "pkcs8", format: "pem", cipher: "aes-128-cbc", passphrase: "x" });
      await refusalOf(x509.importPrivateKey(encrypted), "CERT_PEM");
      await refusalOf(x509.importPrivateKey(Uint8Array.of(0x30, 0)), "CERT_KEY_UNSUPPORTED");
      const pem = await x509.exportPrivateKey(await x509.createKeyPair("P-256"));
      const parts = partsOf(Buffer.from(pem.split("\n").slice(1, -2).join(""), "base64"));
      const secret = Uint8Array.of(...new Array<number>(40).fill(0x41));
      const broken = writeDer(tags.sequence, parts[0]!, parts[1]!, writeDer(tags.octetString, secret));
      const error = await refusalOf(x509.importPrivateKey(broken), "CERT_KEY_UNREADABLE");
      expect(`${error.message}${JSON.stringify(error.args)}`).to.not.contain("AAAA");
      expect(error.cause).to.equal(undefined);
    });
  });

  describe("createSigningRequest and checkSigningRequest", () => {
    for (const algorithm of x509.keyAlgorithms) {
      it(`makes a request with a ${algorithm} key that the check accepts`, async () => {
        const { key, request } = await requestOf(algorithm);
        const checked = await x509.checkSigningRequest(x509.toPem(request.der, "CERTIFICATE REQUEST"), party);
        expect(checked).to.deep.equal(request);
        expect(checked.account).to.equal(account);
        expect(checked.possessionHash).to.equal(sha256(request.der));
        expect(checked.key.keyHash).to.equal(x509.keyHashOf(key.spki));
        expect(checked.subject.text).to.equal("C=DE, O=Exämple, CN=node 7");
        expect(checked.extensions.names).to.deep.equal({ ...names, others: 0 });
      });
    }

    it("refuses the request of another account, or for another chain", async () => {
      const { request } = await requestOf();
      const applicant = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
      const error = await refusalOf(
        x509.checkSigningRequest(request.der, { ...party, applicant }),
        "REQUEST_OTHER_ACCOUNT",
      );
      expect(error.args).to.deep.equal({ expected: `eip155:31337:${applicant}`, actual: account });
      await refusalOf(x509.checkSigningRequest(request.der, { ...party, chainId: 1n }), "REQUEST_OTHER_ACCOUNT");
    });

    it("takes the account with and without its checksum", async () => {
      const { request } = await requestOf();
      const applicant = party.applicant.toLowerCase();
      expect((await x509.checkSigningRequest(request.der, { ...party, applicant })).account).to.equal(account);
    });

    it("takes a request that names the account in lower case, as other programs write it", async () => {
      const { key, request } = await requestOf();
      const parts = partsOf(partsOf(request.der)[0]!);
      const [type] = partsOf(partsOf(parts[3]!)[0]!);
      const text = writeDer(tags.utf8String, new TextEncoder().encode(account.toLowerCase()));
      const attributes = writeDer(0xa0, writeDer(tags.sequence, type!, writeDer(tags.set, text)));
      const der = await writeSigned(writeDer(tags.sequence, ...parts.slice(0, 3), attributes), key);
      expect((await x509.checkSigningRequest(der, party)).account).to.equal(account.toLowerCase());
    });

    it("refuses an applicant that is no account", async () => {
      const { key, request } = await requestOf();
      for (const applicant of ["", "0x12", "nobody", party.applicant.replace("C5", "c5")]) {
        const other = { chainId: party.chainId, applicant };
        await refusalOf(
          x509.createSigningRequest({ key, subject: { commonName: "x" }, ...other }),
          "REQUEST_APPLICANT",
        );
        await refusalOf(x509.checkSigningRequest(request.der, other), "REQUEST_APPLICANT");
      }
    });

    it("refuses a request that its own key did not sign", async () => {
      const [own, other] = [await requestOf(), await requestOf()];
      const [info] = partsOf(own.request.der);
      const error = await refusalOf(
        x509.checkSigningRequest(await writeSigned(info!, other.key), party),
        "REQUEST_SIGNATURE",
      );
      expect(error.args).to.deep.equal({ subjectKeyHash: own.request.key.keyHash });
      const rsa = await x509.createKeyPair("RSA");
      await refusalOf(x509.checkSigningRequest(await writeSigned(info!, rsa), party), "REQUEST_SIGNATURE");
    });

    it("refuses a request with anything changed in what is signed", async () => {
      const { request } = await requestOf();
      const [info] = partsOf(request.der);
      let accepted = 0;
      for (let at = 0; at < info!.length + 3; at++) {
        const bytes = Uint8Array.from(request.der);
        bytes[at]! ^= 0x01;
        const error: unknown = await x509.checkSigningRequest(bytes, party).catch((caught: unknown) => caught);
        if (!(error instanceof CertificateError)) accepted += 1;
      }
      expect(accepted).to.equal(0);
    });

    it("refuses a request without an account, with two, or with one that is no text", async () => {
      const { key, request } = await requestOf();
      const [info] = partsOf(request.der);
      const parts = partsOf(info!);
      const [password] = partsOf(parts[3]!);
      const [type] = partsOf(password!);
      const withAttributes = async (...attributes: readonly Uint8Array[]): Promise<Uint8Array> =>
        writeSigned(writeDer(tags.sequence, ...parts.slice(0, 3), writeDer(0xa0, ...attributes)), key);
      const error = await refusalOf(x509.checkSigningRequest(await withAttributes(), party), "REQUEST_NO_ACCOUNT");
      expect(error.args).to.deep.equal({ expected: account });
      const without = await writeSigned(writeDer(tags.sequence, ...parts.slice(0, 3)), key);
      await refusalOf(x509.checkSigningRequest(without, party), "REQUEST_NO_ACCOUNT");
      for (const attributes of [
        [password!, password!],
        [writeDer(tags.sequence, type!, writeDer(tags.set, writeDer(tags.null)))],
        [writeDer(tags.sequence, type!, writeDer(tags.set))],
        [writeDer(tags.sequence, type!)],
        [writeDer(tags.sequence)],
      ]) {
        await refusalOf(x509.checkSigningRequest(await withAttributes(...attributes), party), "CERT_MALFORMED");
      }
    });

    it("refuses keys that are too weak, or of a kind that nobody certifies", async () => {
      const usages = ["sign", "verify"] as const;
      const weak = await crypto.subtle.generateKey(
        { name: "RSASSA-PKCS1-v1_5", modulusLength: 1_024, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" },
        true,
        usages,
      );
      const spki = new Uint8Array(await crypto.subtle.exportKey("spki", weak.publicKey));
      const key: x509.KeyPair = { algorithm: "RSA", privateKey: weak.privateKey, spki };
      const { der } = await x509.createSigningRequest({ key, subject: { commonName: "x" }, ...party });
      const error = await refusalOf(x509.checkSigningRequest(der, party), "CERT_KEY_UNSUPPORTED");
      expect(error.args["algorithm"]).to.equal("RSA of 1024 bits");
    });

    it("refuses names that no certificate can carry as they are", async () => {
      const key = await x509.createKeyPair("P-256");
      const subjects: readonly x509.SubjectName[] = [
        {},
        { commonName: "" },
        { commonName: "x".repeat(65) },
        { commonName: "a\u0000b" },
        { commonName: "\ud800" },
        { country: "de" },
        { country: "DEU" },
      ];
      for (const subject of subjects) {
        await refusalOf(x509.createSigningRequest({ key, subject, ...party }), "CERT_NAME");
      }
      const alternatives: readonly x509.NamesToWrite[] = [
        { dns: [""] },
        { dns: ["a b"] },
        { dns: ["ä.example"] },
        { dns: ["x".repeat(254)] },
        { ip: ["a.example"] },
        { ip: ["1.2.3"] },
        { ip: ["256.1.1.1"] },
        { ip: ["2001:db8::1"] },
      ];
      for (const each of alternatives) {
        const made = x509.createSigningRequest({ key, subject: { commonName: "x" }, names: each, ...party });
        await refusalOf(made, "CERT_NAME");
      }
    });

    it("reads or refuses by name a request with bytes changed, taken out or cut off", async () => {
      const { request } = await requestOf();
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.constantFrom("set", "take", "cut"), fc.nat(), fc.nat(255)), {
            minLength: 1,
            maxLength: 4,
          }),
          (edits) => {
            let bytes = [...request.der];
            for (const [edit, anywhere, byte] of edits) {
              const place = anywhere % Math.max(bytes.length, 1);
              if (edit === "set") bytes[place] = byte;
              else if (edit === "take") bytes.splice(place, 1);
              else bytes = bytes.slice(0, place);
            }
            try {
              x509.parseSigningRequest(Uint8Array.from(bytes));
            } catch (error) {
              if (!(error instanceof CertificateError)) throw error;
            }
          },
        ),
        { numRuns: 2_000 },
      );
      refusal(() => x509.parseSigningRequest(""), "CERT_PEM");
      refusal(() => x509.parseSigningRequest(Uint8Array.of(0x30, 0)), "CERT_MALFORMED");
    });
  });

  describe("requests and OpenSSL", () => {
    for (const algorithm of x509.keyAlgorithms) {
      it(`makes a request with ${algorithm} that is sound, and that OpenSSL accepts where the machine has it`, async () => {
        const { request } = await requestOf(algorithm);
        expect((await x509.checkSigningRequest(request.der, party)).account).to.equal(account);
        if (opensslVersion === undefined) return;
        const printed = withOpenssl((run, folder) => {
          writeFileSync(join(folder, "r"), x509.toPem(request.der, "CERTIFICATE REQUEST"));
          return run("req", "-in", "r", "-verify", "-noout", "-text");
        });
        expect(printed).to.contain(account).and.to.contain("DNS:a.example").and.to.contain("IP Address:192.0.2.1");
      });
    }

    it("accepts a request as it was made once, and as it is made now where the machine has OpenSSL", async () => {
      for (const made of requestsByOpenssl()) {
        const checked = await x509.checkSigningRequest(made, party);
        expect([checked.account, checked.subject.text]).to.deep.equal([account, "CN=node 7"]);
      }
    });
  });
});
