import { CertificateError } from "../CertificateError.js";
import type { Application } from "../Application.js";
import type { AlternativeNames } from "./AlternativeNames.js";
import { checkSigningRequest } from "./checkSigningRequest.js";
import { parseCertificate } from "./parseCertificate.js";
import { parseTbs } from "./parseTbs.js";
import type { SigningRequest } from "./SigningRequest.js";
import type { TbsFacts } from "./TbsFacts.js";
import { sameBytes } from "./sameBytes.js";

/** What comes with an application. */
export type ApplicationPapers = {
  readonly application: Application;
  /** The PKCS#10 request, in DER. */
  readonly request: Uint8Array;
  /** What is to be signed, in DER: the part, or the certificate where it was signed already. */
  readonly draft: { readonly tbs: Uint8Array } | { readonly certificate: Uint8Array };
  readonly chainId: bigint;
};

/** The papers as they were read. */
export type CheckedPapers = {
  readonly request: SigningRequest;
  readonly tbs: TbsFacts;
  /** SHA-256 of the certificate's DER where it was given, otherwise zero, as hex. */
  readonly contentHash: string;
};

const NO_HASH = `0x${"00".repeat(32)}`;
const SERVER_AND_CLIENT = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];

/**
 * Holds the papers of an application against each other: the request is the applicant's own and the one that the application
 * names, and the draft is for its key and its subject, valid in the application's period, for no names but the request's, and
 * gives no authority. Nothing here asks who the applicant is.
 *
 * Errors: {@link CertificateError} APPLICATION_POSSESSION, APPLICATION_SUBJECT_KEY, APPLICATION_SUBJECT,
 * APPLICATION_VALIDITY, APPLICATION_NAMES, APPLICATION_AUTHORITY, and those of `checkSigningRequest` and `parseCertificate`.
 *
 * @example
 * import * as x509 from "@guildhall/sdk/certificates";
 * const [key, centreKey] = [await x509.createKeyPair("P-256"), await x509.createKeyPair("P-256")];
 * const validity = { notBefore: 1_800_000_000, notAfter: 1_900_000_000 };
 * const party = { chainId: 1n, applicant: wallet.address };
 * const root = x509.createRootTbs({ key: centreKey, subject: { commonName: "centre 1" }, serial: 1n, ...validity });
 * const issuer = x509.parseCertificate(await x509.signTbs(root.tbs, centreKey));
 * const request = await x509.createSigningRequest({ key, subject: { commonName: "node 7" }, ...party });
 * const draft = x509.createTbs({ request, issuer, serial: x509.randomSerial(), ...validity });
 * const application = {
 *   committeeId: `0x${"01".repeat(32)}`,
 *   centre: 1,
 *   applicant: wallet.address,
 *   subjectKeyHash: request.key.keyHash,
 *   identityHash: `0x${"02".repeat(32)}`,
 *   possessionHash: request.possessionHash,
 *   ...validity,
 *   deadline: 1_790_000_000,
 * };
 * const papers = { application, request: request.der, draft, chainId: 1n };
 * assert.equal((await x509.checkApplication(papers)).tbs.tbsHash, draft.tbsHash);
 * const shorter = { ...application, notAfter: 1_850_000_000 };
 * const refused = x509.checkApplication({ ...papers, application: shorter });
 * await assert.rejects(refused, { code: "APPLICATION_VALIDITY" });
 */
export async function checkApplication({
  application,
  request: der,
  draft,
  chainId,
}: ApplicationPapers): Promise<CheckedPapers> {
  const request = await checkSigningRequest(der, { chainId, applicant: application.applicant });
  if (application.possessionHash.toLowerCase() !== request.possessionHash) {
    const [expected, actual] = [application.possessionHash, request.possessionHash];
    throw new CertificateError("APPLICATION_POSSESSION", { expected, actual });
  }
  const certificate = "certificate" in draft ? parseCertificate(draft.certificate) : undefined;
  const tbs = certificate ?? parseTbs("tbs" in draft ? draft.tbs : new Uint8Array());
  for (const [part, actual] of [
    ["request", request.key.keyHash],
    ["draft", tbs.subjectKeyHash],
  ] as const) {
    const { subjectKeyHash: expected } = application;
    if (expected.toLowerCase() !== actual) {
      throw new CertificateError("APPLICATION_SUBJECT_KEY", { part, expected, actual });
    }
  }
  if (!sameBytes(request.subject.der, tbs.subject.der)) {
    const [expected, actual] = [request.subject.text, tbs.subject.text];
    throw new CertificateError("APPLICATION_SUBJECT", { expected, actual });
  }
  const { notBefore, notAfter } = tbs;
  if (notBefore !== application.notBefore || notAfter !== application.notAfter) {
    const expected = { expectedNotBefore: application.notBefore, expectedNotAfter: application.notAfter };
    throw new CertificateError("APPLICATION_VALIDITY", { ...expected, notBefore, notAfter });
  }
  const strangers = strangersAmong(tbs.extensions.names, request.extensions.names);
  if (strangers.length > 0) throw new CertificateError("APPLICATION_NAMES", { strangers });
  requireNoAuthority(tbs, request);
  return { request, tbs, contentHash: certificate?.contentHash ?? NO_HASH };
}

function requireNoAuthority({ extensions }: TbsFacts, request: SigningRequest): void {
  const allowed = [...SERVER_AND_CLIENT, ...(request.extensions.extendedKeyUsage ?? [])];
  const excess = [
    ...(extensions.isCa ? ["to be an authority"] : []),
    ...(extensions.maySignCertificates === true ? ["to sign certificates"] : []),
    ...(extensions.extendedKeyUsage ?? []).filter((oid) => !allowed.includes(oid)).map((oid) => `the use ${oid}`),
    ...extensions.unknownCritical.map((oid) => `the critical extension ${oid}`),
  ];
  if (excess.length > 0) throw new CertificateError("APPLICATION_AUTHORITY", { extension: excess.join(", ") });
}

function strangersAmong(names: AlternativeNames, asked: AlternativeNames): readonly string[] {
  const kinds = ["dns", "ip", "uri", "email"] as const;
  const strangers = kinds.flatMap((kind) =>
    names[kind].filter((name) => !asked[kind].includes(name)).map((name) => `${kind} ${name}`),
  );
  // What cannot be read cannot be compared.
  return names.others === 0 ? strangers : [...strangers, `${names.others} of other kinds`];
}
