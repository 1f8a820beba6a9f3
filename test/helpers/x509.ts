import { expect } from "chai";
import { hexlify, id, randomBytes } from "ethers";

import type { Application } from "../../sdk/src/certificates/Application.js";
import { tags } from "../../sdk/src/certificates/x509/der/DerNode.js";
import { readDer } from "../../sdk/src/certificates/x509/der/readDer.js";
import { writeDer } from "../../sdk/src/certificates/x509/der/writeDer.js";
import { writeExtension } from "../../sdk/src/certificates/x509/writeExtension.js";
import * as x509 from "../../sdk/src/certificates/index.js";
import { GuildhallError } from "../../sdk/src/index.js";

/** The period of all certificates of the tests: from 2020 to 2049, so that TLS takes them on any day. */
export const validity = { notBefore: 1_577_836_800, notAfter: 2_493_072_000 };
/** Within it. */
export const now = 1_790_000_000;
export const party = { chainId: 31_337n, applicant: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" };

export type Issuer = { readonly key: x509.KeyPair; readonly certificate: x509.Certificate };

/** A centre's key with its own certificate. */
export async function makeIssuer(algorithm: x509.KeyAlgorithm = "P-256", commonName = "centre 1"): Promise<Issuer> {
  const key = await x509.createKeyPair(algorithm);
  const { tbs } = x509.createRootTbs({ key, subject: { commonName }, serial: x509.randomSerial(), ...validity });
  return { key, certificate: x509.parseCertificate(await x509.signTbs(tbs, key)) };
}

/** An authority that others may stand below: a root, or one that `by` issued; of a given key, where another is to be imitated. */
export async function makeAuthority(
  commonName: string,
  by?: Issuer,
  { key, ...period }: { readonly key?: x509.KeyPair; readonly notBefore?: number; readonly notAfter?: number } = {},
): Promise<Issuer> {
  const own = key ?? (await x509.createKeyPair("P-256"));
  const fields = { key: own, subject: { commonName }, serial: x509.randomSerial(), ...validity, ...period };
  const parts = partsOf(x509.createRootTbs(fields).tbs);
  const constraints = writeDer(tags.sequence, writeDer(tags.boolean, Uint8Array.of(0xff)));
  const list = writeDer(tags.sequence, writeExtension("2.5.29.19", constraints, true));
  const issuer = by?.certificate.subject.der ?? parts[3]!;
  const tbs = tbsOf(parts.with(3, issuer).with(7, writeDer(0xa3, list)));
  return { key: own, certificate: x509.parseCertificate(await x509.signTbs(tbs, by?.key ?? own)) };
}

export type Holder = Issuer & { readonly request: x509.SigningRequest };

/** A holder's key, request and certificate. */
export async function makeHolder(
  issuer: Issuer,
  algorithm: x509.KeyAlgorithm = "P-256",
  names: x509.NamesToWrite = { dns: ["localhost"], ip: ["127.0.0.1"] },
): Promise<Holder> {
  const key = await x509.createKeyPair(algorithm);
  const subject = { organization: "Example", commonName: "node 7" };
  const request = await x509.createSigningRequest({ key, subject, names, ...party });
  const draft = x509.createTbs({ request, issuer: issuer.certificate, serial: x509.randomSerial(), ...validity });
  return { key, request, certificate: x509.parseCertificate(await x509.signTbs(draft.tbs, issuer.key)) };
}

export type Papers = {
  readonly application: Application;
  readonly request: x509.SigningRequest;
  readonly draft: x509.TbsFacts;
  readonly issuer: Issuer;
  readonly identification: { readonly name: string; readonly passport: string };
  readonly salt: string;
};

/** An application with all that belongs to it. */
export async function makePapers(names: x509.NamesToWrite = { dns: ["node7.example"] }): Promise<Papers> {
  const issuer = await makeIssuer();
  const key = await x509.createKeyPair("P-256");
  const request = await x509.createSigningRequest({ key, subject: { commonName: "node 7" }, names, ...party });
  const draft = x509.createTbs({ request, issuer: issuer.certificate, serial: x509.randomSerial(), ...validity });
  const identification = { name: "Personal Name", passport: "PASSPORT-4711" };
  const salt = hexlify(randomBytes(32));
  const application = {
    committeeId: id("a committee"),
    centre: 1,
    applicant: party.applicant,
    subjectKeyHash: request.key.keyHash,
    identityHash: x509.identityHash(salt, identification),
    possessionHash: request.possessionHash,
    ...validity,
    deadline: now + 1_000,
  };
  return { application, request, draft, issuer, identification, salt };
}

/** Expects a named error with its arguments. */
export function refusal(run: () => unknown, code: x509.CertificateErrorCode): GuildhallError {
  try {
    run();
  } catch (error) {
    expect(error, String(error)).to.be.instanceOf(GuildhallError);
    expect((error as GuildhallError).code).to.equal(code);
    return error as GuildhallError;
  }
  return expect.fail(`nothing was refused; expected ${code}`);
}

/** The same of a promise. */
export async function refusalOf(promise: Promise<unknown>, code: string): Promise<GuildhallError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error, `expected ${code}`).to.be.instanceOf(GuildhallError);
  expect((error as GuildhallError).code).to.equal(code);
  return error as GuildhallError;
}

/** The direct parts of a to-be-signed part, to be changed one by one. */
export function partsOf(tbs: Uint8Array): Uint8Array[] {
  return readDer(tbs, "part").children.map(({ bytes }) => bytes);
}

/** A to-be-signed part of these parts. */
export function tbsOf(parts: readonly Uint8Array[]): Uint8Array {
  return writeDer(tags.sequence, ...parts);
}

/** A certificate around a part, signed by nobody. */
export function unsigned(tbs: Uint8Array): Uint8Array {
  const [, , identifier] = partsOf(tbs);
  const one = Uint8Array.of(2, 1, 1);
  const signature = writeDer(tags.sequence, one, one);
  return writeDer(tags.sequence, tbs, identifier!, writeDer(tags.bitString, Uint8Array.of(0), signature));
}
