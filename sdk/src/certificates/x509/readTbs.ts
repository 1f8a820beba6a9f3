import { sha256 } from "ethers";

import { CertificateError } from "../CertificateError.js";
import { signatureAlgorithms } from "./algorithms.js";
import { type DerNode, tags } from "./der/DerNode.js";
import { readInteger } from "./der/readInteger.js";
import { readOid } from "./der/readOid.js";
import { readTime } from "./der/readTime.js";
import { readExtensions } from "./readExtensions.js";
import { readName } from "./readName.js";
import { readPublicKey } from "./readPublicKey.js";
import type { TbsFacts } from "./TbsFacts.js";

const [VERSION, ISSUER_ID, SUBJECT_ID, EXTENSIONS] = [0xa0, 0x81, 0x82, 0xa3];

/** Reads a TBSCertificate. Errors: {@link CertificateError} CERT_MALFORMED, CERT_TIME, and those of `readDer`. */
export function readTbs(node: DerNode | undefined, document: string): TbsFacts {
  const fail = (field: string, problem: string): never => {
    throw new CertificateError("CERT_MALFORMED", { document, field, problem });
  };
  if (node?.tag !== tags.sequence) return fail("to-be-signed part", "it is no sequence");
  const rest = [...node.children];
  const version = rest[0]?.tag === VERSION ? readVersion(rest.shift(), fail) : 1;
  const [serial, identifier, issuer, validity, subject, key, ...more] = rest;
  if (serial?.tag !== tags.integer) return fail("serial number", "it is no integer");
  if (validity?.tag !== tags.sequence || validity.children.length !== 2) {
    return fail("validity", "it is no pair of times");
  }
  const expected = [ISSUER_ID, SUBJECT_ID, EXTENSIONS];
  for (const { tag } of more) {
    const at = expected.indexOf(tag);
    if (at < 0 || version < (tag === EXTENSIONS ? 3 : 2)) {
      return fail("version", `a field ${tag.toString(16)} has no place in version ${version}`);
    }
    expected.splice(0, at + 1);
  }
  const extensions = more.find(({ tag }) => tag === EXTENSIONS);
  if (extensions !== undefined && extensions.children.length !== 1) return fail("extensions", "they are no list");
  const facts = readPublicKey(key, document);
  const number = readInteger(serial.body);
  return {
    tbs: node.bytes,
    tbsHash: sha256(node.bytes),
    version,
    serial: number < 0n ? `-0x${(-number).toString(16)}` : `0x${number.toString(16)}`,
    signatureAlgorithm: readSignatureAlgorithm(identifier, document),
    issuer: readName(issuer, document, "issuer"),
    subject: readName(subject, document, "subject"),
    notBefore: readTime(validity.children[0], document, "start"),
    notAfter: readTime(validity.children[1], document, "end"),
    key: facts,
    subjectKeyHash: facts.keyHash,
    extensions: readExtensions(extensions?.children[0], document),
  };
}

function readVersion(node: DerNode | undefined, fail: (field: string, problem: string) => never): number {
  const [value] = node?.children ?? [];
  if (value?.tag !== tags.integer || node?.children.length !== 1) return fail("version", "it is no integer");
  const version = readInteger(value.body) + 1n;
  return version === 2n || version === 3n || version === 1n ? Number(version) : fail("version", `it is ${version}`);
}

/** The name of a signature's algorithm. Errors: {@link CertificateError} CERT_MALFORMED. */
export function readSignatureAlgorithm(node: DerNode | undefined, document: string): string {
  const [oid] = node?.children ?? [];
  if (node?.tag !== tags.sequence || oid?.tag !== tags.oid || node.children.length > 2) {
    throw new CertificateError("CERT_MALFORMED", {
      document,
      field: "signature algorithm",
      problem: "it is no identifier",
    });
  }
  const name = readOid(oid.body);
  return signatureAlgorithms.get(name) ?? name;
}
