import { CertificateError } from "../CertificateError.js";
import { curves, keyOids } from "./algorithms.js";
import { type DerNode, tags } from "./der/DerNode.js";
import { readDer } from "./der/readDer.js";
import { readInteger } from "./der/readInteger.js";
import { readOid } from "./der/readOid.js";
import { keyHashOf } from "./keyHashOf.js";
import type { PublicKeyFacts } from "./PublicKeyFacts.js";

/** Errors: {@link CertificateError} CERT_MALFORMED, and those of {@link readDer} for an RSA key that is none. */
export function readPublicKey(node: DerNode | undefined, document: string): PublicKeyFacts {
  const fail = (problem: string): never => {
    throw new CertificateError("CERT_MALFORMED", { document, field: "public key", problem });
  };
  const [identifier, key] = node?.children ?? [];
  const [oid, parameters] = identifier?.children ?? [];
  if (node?.tag !== tags.sequence || node.children.length !== 2 || oid?.tag !== tags.oid) {
    return fail("it is no SubjectPublicKeyInfo");
  }
  if (key?.tag !== tags.bitString || key.body[0] !== 0) return fail("its key is no whole bytes");
  const spki = node.bytes;
  const facts = { spki, keyHash: keyHashOf(spki) };
  const kind = readOid(oid.body);
  switch (kind) {
    case keyOids.rsa: {
      const modulus = readDer(key.body.subarray(1), `${document}'s RSA key`).children[0];
      if (modulus?.tag !== tags.integer) return fail("it has no modulus");
      const value = readInteger(modulus.body);
      return value > 0n
        ? { ...facts, algorithm: "RSA", bits: value.toString(2).length }
        : fail("its modulus is not positive");
    }
    case keyOids.rsaPss:
      return { ...facts, algorithm: "RSA-PSS" };
    case keyOids.ec: {
      const curve = parameters?.tag === tags.oid ? readOid(parameters.body) : fail("its curve is not named");
      return { ...facts, algorithm: curves.get(curve) ?? curve };
    }
    case keyOids.ed25519:
      return { ...facts, algorithm: "Ed25519" };
    case keyOids.ed448:
      return { ...facts, algorithm: "Ed448" };
    default:
      return { ...facts, algorithm: kind };
  }
}
