import { sha256 } from "ethers";

import { CertificateError } from "../CertificateError.js";
import { oids } from "./algorithms.js";
import { type DerNode, tags } from "./der/DerNode.js";
import { readDer } from "./der/readDer.js";
import { readInteger } from "./der/readInteger.js";
import { readOid } from "./der/readOid.js";
import { readExtensions } from "./readExtensions.js";
import { readName } from "./readName.js";
import { readPem } from "./readPem.js";
import { readPublicKey } from "./readPublicKey.js";
import { readSignature } from "./readSignature.js";
import { readSignatureAlgorithm } from "./readTbs.js";
import type { SigningRequest } from "./SigningRequest.js";

const DOCUMENT = "request";

/**
 * Reads a PKCS#10 request from its DER or its one PEM block, without checking it.
 *
 * Errors: those of `parseCertificate`.
 *
 * @example
 * import { createKeyPair, createSigningRequest, parseSigningRequest, toPem } from "@guildhall/sdk/certificates";
 * const key = await createKeyPair("Ed25519");
 * const subject = { commonName: "node 7" };
 * const { der } = await createSigningRequest({ key, subject, chainId: 1n, applicant: wallet.address });
 * assert.equal(parseSigningRequest(toPem(der, "CERTIFICATE REQUEST")).subject.text, "CN=node 7");
 */
export function parseSigningRequest(pemOrDer: string | Uint8Array): SigningRequest {
  const fail = (field: string, problem: string): never => {
    throw new CertificateError("CERT_MALFORMED", { document: DOCUMENT, field, problem });
  };
  const der = Uint8Array.from(readPem(pemOrDer, DOCUMENT, ["CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST"]));
  const node = readDer(der, DOCUMENT);
  const [info, identifier, signature] = node.children;
  if (node.tag !== tags.sequence || node.children.length !== 3 || info?.tag !== tags.sequence) {
    return fail("outer form", "it is no sequence of three");
  }
  const [version, subject, key, attributes] = info.children;
  if (version?.tag !== tags.integer || readInteger(version.body) !== 0n) return fail("version", "it is not 1");
  if (info.children.length > 4 || (attributes !== undefined && attributes.tag !== 0xa0)) {
    return fail("attributes", "something else stands in their place");
  }
  const values = (oid: string): DerNode | undefined => {
    const found = (attributes?.children ?? []).filter(({ children: [type] }) => {
      if (type?.tag !== tags.oid) return fail("attributes", "one has no type");
      return readOid(type.body) === oid;
    });
    if (found.length === 0) return undefined;
    const [, set] = found[0]?.children ?? [];
    if (found.length > 1 || set?.tag !== tags.set || set.children.length !== 1) {
      return fail("attributes", `${oid} has not one value`);
    }
    return set.children[0];
  };
  const account = values(oids.challengePassword);
  if (account !== undefined && account.tag !== tags.printableString && account.tag !== tags.utf8String) {
    return fail("challenge password", "it is no text");
  }
  const signatureAlgorithm = readSignatureAlgorithm(identifier, DOCUMENT);
  readSignature(signature, signatureAlgorithm, DOCUMENT);
  return {
    der,
    possessionHash: sha256(der),
    subject: readName(subject, DOCUMENT, "subject"),
    key: readPublicKey(key, DOCUMENT),
    signatureAlgorithm,
    extensions: readExtensions(values(oids.extensionRequest), DOCUMENT),
    ...(account === undefined ? {} : { account: new TextDecoder().decode(account.body) }),
  };
}
