import { sha256 } from "ethers";

import { CertificateError } from "../CertificateError.js";
import type { Certificate } from "./Certificate.js";
import { tags } from "./der/DerNode.js";
import { readDer } from "./der/readDer.js";
import { readPem } from "./readPem.js";
import { readSignature } from "./readSignature.js";
import { readSignatureAlgorithm, readTbs } from "./readTbs.js";

const DOCUMENT = "certificate";

/**
 * Reads an X.509 certificate from its DER or its one PEM block. Unix seconds; hashes are SHA-256 in hex. It reads what is
 * there and trusts nothing: serial numbers may be zero or negative, times of any year from 0 to 9999.
 *
 * Errors: {@link CertificateError} CERT_TOO_LARGE, CERT_PEM, CERT_PEM_BLOCKS, CERT_NOT_DER, CERT_TRAILING_BYTES,
 * CERT_MALFORMED, CERT_TIME.
 *
 * @example
 * import { rootCertificates } from "node:tls";
 * import { parseCertificate } from "@guildhall/sdk/certificates";
 * const { contentHash, notBefore, notAfter, extensions } = parseCertificate(rootCertificates[0]!);
 * assert.ok(contentHash.length === 66 && notBefore < notAfter && extensions.isCa);
 */
export function parseCertificate(pemOrDer: string | Uint8Array): Certificate {
  // A copy, so that what is read stays as it is whatever becomes of the caller's bytes.
  const der = Uint8Array.from(readPem(pemOrDer, DOCUMENT, ["CERTIFICATE", "X509 CERTIFICATE"]));
  const node = readDer(der, DOCUMENT);
  const [tbs, identifier, signature] = node.children;
  if (node.tag !== tags.sequence || node.children.length !== 3) {
    throw new CertificateError("CERT_MALFORMED", {
      document: DOCUMENT,
      field: "outer form",
      problem: "it is no sequence of three",
    });
  }
  const facts = readTbs(tbs, DOCUMENT);
  // Compared by bytes: a reader that goes by the one would otherwise trust what the other does not cover.
  const named = tbs?.children[facts.version === 1 && tbs.children[0]?.tag !== 0xa0 ? 1 : 2];
  if (readSignatureAlgorithm(identifier, DOCUMENT) !== facts.signatureAlgorithm || !sameBytes(identifier, named)) {
    throw new CertificateError("CERT_MALFORMED", {
      document: DOCUMENT,
      field: "signature algorithm",
      problem: "it is named twice, and not alike",
    });
  }
  return {
    ...facts,
    der,
    contentHash: sha256(der),
    ...readSignature(signature, facts.signatureAlgorithm, DOCUMENT),
  };
}

function sameBytes(
  a: { readonly bytes: Uint8Array } | undefined,
  b: { readonly bytes: Uint8Array } | undefined,
): boolean {
  return a?.bytes.length === b?.bytes.length && (a?.bytes.every((byte, i) => byte === b?.bytes[i]) ?? false);
}
