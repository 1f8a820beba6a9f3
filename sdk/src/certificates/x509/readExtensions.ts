import { hexlify } from "ethers";

import { CertificateError } from "../CertificateError.js";
import { oids } from "./algorithms.js";
import type { AlternativeNames } from "./AlternativeNames.js";
import type { CertificateExtensions } from "./CertificateExtensions.js";
import { type DerNode, tags } from "./der/DerNode.js";
import { readDer } from "./der/readDer.js";
import { readInteger } from "./der/readInteger.js";
import { readOid } from "./der/readOid.js";
import { readAlternativeNames } from "./readAlternativeNames.js";
import { readNameConstraints } from "./readNameConstraints.js";

const NO_NAMES: AlternativeNames = { dns: [], ip: [], uri: [], email: [], others: 0 };
const KEY_CERT_SIGN = 0x04;
const READ: ReadonlySet<string> = new Set([
  oids.basicConstraints,
  oids.keyUsage,
  oids.extendedKeyUsage,
  oids.subjectAltName,
]);

type Extension = { readonly oid: string; readonly critical: boolean; readonly value: Uint8Array };

/**
 * Reads a list of extensions; none where it is absent.
 *
 * Errors: {@link CertificateError} CERT_MALFORMED, and those of {@link readDer}.
 */
export function readExtensions(list: DerNode | undefined, document: string): CertificateExtensions {
  const fail = (problem: string): never => {
    throw new CertificateError("CERT_MALFORMED", { document, field: "extensions", problem });
  };
  if (list !== undefined && list.tag !== tags.sequence) return fail("they are no list");
  const extensions = (list?.children ?? []).map((node): Extension => {
    const [id, second, third] = node.children;
    const value = third ?? second;
    const critical = third === undefined ? undefined : second;
    if (
      node.tag !== tags.sequence ||
      node.children.length > 3 ||
      id?.tag !== tags.oid ||
      value?.tag !== tags.octetString ||
      (critical !== undefined && critical.tag !== tags.boolean)
    ) {
      return fail("one is no extension");
    }
    return { oid: readOid(id.body), critical: critical?.body[0] === 0xff, value: value.body };
  });
  const all = extensions.map(({ oid }) => oid);
  const twice = all.find((oid, i) => all.indexOf(oid) !== i);
  if (twice !== undefined) return fail(`${twice} stands there twice`);

  const read = (oid: string): DerNode | undefined => {
    const found = extensions.find((extension) => extension.oid === oid);
    return found && readDer(found.value, `${document}'s extension ${oid}`);
  };
  const names = extensions.find(({ oid }) => oid === oids.subjectAltName);
  const usage = read(oids.keyUsage);
  if (usage !== undefined && usage.tag !== tags.bitString) return fail("the key usage is no bit string");
  const extended = read(oids.extendedKeyUsage);
  if (
    extended !== undefined &&
    (extended.tag !== tags.sequence || extended.children.some(({ tag }) => tag !== tags.oid))
  ) {
    return fail("the extended key usage is no list of purposes");
  }
  const identifier = read(oids.subjectKeyIdentifier);
  if (identifier !== undefined && (identifier.tag !== tags.octetString || identifier.body.length === 0)) {
    return fail("the subject key identifier is no bytes");
  }
  const constraints = read(oids.nameConstraints);
  const basic = readConstraints(read(oids.basicConstraints), fail);
  // They say something about authorities alone.
  const isRead = (oid: string): boolean => READ.has(oid) || (oid === oids.nameConstraints && basic.isCa);
  return {
    names: names === undefined ? NO_NAMES : readAlternativeNames(names.value, document),
    ...basic,
    ...(constraints === undefined ? {} : { nameConstraints: readNameConstraints(constraints, fail) }),
    ...(usage === undefined ? {} : { maySignCertificates: ((usage.body[1] ?? 0) & KEY_CERT_SIGN) !== 0 }),
    ...(extended === undefined ? {} : { extendedKeyUsage: extended.children.map(({ body }) => readOid(body)) }),
    ...(identifier === undefined ? {} : { subjectKeyIdentifier: hexlify(identifier.body) }),
    oids: all,
    unknownCritical: extensions.filter(({ oid, critical }) => critical && !isRead(oid)).map(({ oid }) => oid),
  };
}

function readConstraints(
  node: DerNode | undefined,
  fail: (problem: string) => never,
): Pick<CertificateExtensions, "isCa" | "pathLength"> {
  if (node === undefined) return { isCa: false };
  const rest = [...node.children];
  const isCa = rest[0]?.tag === tags.boolean ? rest.shift()?.body[0] === 0xff : false;
  const length = rest.shift();
  if (node.tag !== tags.sequence || rest.length > 0 || (length !== undefined && length.tag !== tags.integer)) {
    return fail("the basic constraints have another form");
  }
  if (length === undefined) return { isCa };
  const pathLength = readInteger(length.body);
  if (pathLength < 0n || pathLength > 255n) return fail(`the path length is ${pathLength}`);
  return { isCa, pathLength: Number(pathLength) };
}
