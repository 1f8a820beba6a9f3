import type { Certificate } from "./Certificate.js";
import { checkNameConstraints } from "./checkNameConstraints.js";
import type { CheckCode, CheckReason } from "./CheckReason.js";
import { X509Certificate } from "./peculiar.js";
import { sameBytes } from "./sameBytes.js";

/** What a check found: `valid` where there is no reason against it. */
export type CertificateCheck = {
  readonly valid: boolean;
  readonly reasons: readonly CheckReason[];
};

/** Hashes for which two documents with one hash can be made. */
const WEAK = /-(?:MD5|SHA1)$/u;

/**
 * Checks a certificate against its issuer at a time in Unix seconds: the signature, both periods (both ends inclusive), the
 * issuer's name and right to issue, to authorities and for these names, and that no critical extension is unknown. All reasons
 * against it are given. Where the issuer is only a key (its SubjectPublicKeyInfo in DER), its name, period and right are not
 * checked. It is one link of a path: what authorities above the issuer may issue is not asked.
 *
 * @example
 * import { rootCertificates } from "node:tls";
 * import { checkCertificate, parseCertificate } from "@guildhall/sdk/certificates";
 * const root = parseCertificate(rootCertificates[0]!);
 * assert.deepEqual(await checkCertificate(root, root, root.notAfter), { valid: true, reasons: [] });
 * assert.equal((await checkCertificate(root, root, root.notAfter + 1)).reasons[0]?.code, "EXPIRED");
 */
export async function checkCertificate(
  certificate: Certificate,
  issuer: Certificate | Uint8Array,
  at: number,
): Promise<CertificateCheck> {
  const reasons: CheckReason[] = [];
  const add = (code: CheckCode, args: CheckReason["args"], what: string): void => {
    reasons.push({ code, args, what });
  };
  const { signatureAlgorithm, notBefore, notAfter } = certificate;
  const self = issuer instanceof Uint8Array ? false : issuer.contentHash === certificate.contentHash;

  if (!(await isSigned(certificate, issuer instanceof Uint8Array ? issuer : issuer.key.spki))) {
    add(
      "SIGNATURE_WRONG",
      { signatureAlgorithm },
      `The issuer's key did not make its signature (${signatureAlgorithm}).`,
    );
  }
  // A root is trusted because it is known, not because it signs itself.
  if (!self && WEAK.test(signatureAlgorithm)) {
    add("SIGNATURE_WEAK", { signatureAlgorithm }, `Its signature is by ${signatureAlgorithm}, which can be forged.`);
  }
  // Put so that no time at all (NaN) is in no period.
  if (!(at >= notBefore)) add("NOT_YET_VALID", { notBefore, at }, `It is valid from ${notBefore}, and it is ${at}.`);
  if (!(at <= notAfter)) add("EXPIRED", { notAfter, at }, `It was valid until ${notAfter}, and it is ${at}.`);
  for (const oid of certificate.extensions.unknownCritical) {
    add("UNKNOWN_CRITICAL_EXTENSION", { oid }, `Its extension ${oid} is critical, and nothing is known about it here.`);
  }
  if (!(issuer instanceof Uint8Array)) checkIssuer(certificate, issuer, at, add);
  return { valid: reasons.length === 0, reasons };
}

function checkIssuer(
  certificate: Certificate,
  issuer: Certificate,
  at: number,
  add: (code: CheckCode, args: CheckReason["args"], what: string) => void,
): void {
  const self = issuer.contentHash === certificate.contentHash;
  const { notBefore, notAfter } = issuer;
  const { isCa, pathLength, maySignCertificates = true, unknownCritical, nameConstraints } = issuer.extensions;
  if (!sameBytes(certificate.issuer.der, issuer.subject.der)) {
    const [expected, actual] = [certificate.issuer.text, issuer.subject.text];
    add("ISSUER_NAME_DIFFERS", { expected, actual }, `It names ${expected} as its issuer, not ${actual}.`);
  }
  if (!isCa || !maySignCertificates) {
    add("ISSUER_NO_AUTHORITY", { isCa, maySignCertificates }, "Its issuer's certificate does not allow to issue any.");
  }
  if (!self && pathLength === 0 && certificate.extensions.isCa) {
    add("ISSUER_PATH_TOO_LONG", { pathLength }, "It is an authority, and its issuer may have none below.");
  }
  if (self) return;
  if (nameConstraints !== undefined) checkNameConstraints(certificate, nameConstraints, add);
  if (!(at >= notBefore)) {
    add("ISSUER_NOT_YET_VALID", { notBefore, at }, `Its issuer is valid from ${notBefore}, and it is ${at}.`);
  }
  if (!(at <= notAfter)) {
    add("ISSUER_EXPIRED", { notAfter, at }, `Its issuer was valid until ${notAfter}, and it is ${at}.`);
  }
  for (const oid of unknownCritical) {
    add("ISSUER_UNKNOWN_CRITICAL_EXTENSION", { oid }, `Its issuer's extension ${oid} is critical, and unknown here.`);
  }
}

async function isSigned({ der }: Certificate, spki: Uint8Array): Promise<boolean> {
  try {
    return await new X509Certificate(Uint8Array.from(der)).verify({
      publicKey: Uint8Array.from(spki),
      signatureOnly: true,
    });
  } catch {
    // A key or a signature of another kind than the algorithm names.
    return false;
  }
}
