import { CertificateError } from "../CertificateError.js";
import { curves, keyOids } from "./algorithms.js";
import { type DerNode, tags } from "./der/DerNode.js";
import { readDer } from "./der/readDer.js";
import { readOid } from "./der/readOid.js";
import { type KeyAlgorithm, type KeyPair, keyAlgorithms } from "./KeyPair.js";
import { keyKindOf } from "./keyKinds.js";
import { readPem } from "./readPem.js";

const DOCUMENT = "private key";

/**
 * Loads a private key from unencrypted PKCS#8, in PEM or DER, with its public key.
 *
 * Errors: {@link CertificateError} CERT_PEM, CERT_PEM_BLOCKS, CERT_NOT_DER, CERT_KEY_UNSUPPORTED, CERT_KEY_UNREADABLE.
 *
 * @example
 * import { createKeyPair, exportPrivateKey, importPrivateKey } from "@guildhall/sdk/certificates";
 * const key = await importPrivateKey(await exportPrivateKey(await createKeyPair("Ed25519")));
 * assert.equal(key.algorithm, "Ed25519");
 */
export async function importPrivateKey(pemOrDer: string | Uint8Array): Promise<KeyPair> {
  const der = Uint8Array.from(readPem(pemOrDer, DOCUMENT, ["PRIVATE KEY"]));
  const named = algorithmOf(readDer(der, DOCUMENT).children[1]);
  const { generate } = keyKindOf(named);
  const algorithm = named as KeyAlgorithm;
  try {
    const extractable = true;
    const privateKey = await crypto.subtle.importKey("pkcs8", der, generate, extractable, ["sign"]);
    const jwk = await crypto.subtle.exportKey("jwk", privateKey);
    // What is left is the public key's.
    for (const secret of ["d", "p", "q", "dp", "dq", "qi", "key_ops"] as const) Reflect.deleteProperty(jwk, secret);
    const publicKey = await crypto.subtle.importKey("jwk", jwk, generate, true, ["verify"]);
    return { algorithm, privateKey, spki: new Uint8Array(await crypto.subtle.exportKey("spki", publicKey)) };
  } catch {
    // Without the cause, which might quote the key.
    throw new CertificateError("CERT_KEY_UNREADABLE", { algorithm });
  }
}

function algorithmOf(identifier: DerNode | undefined): string {
  const [oid, parameters] = identifier?.children ?? [];
  if (oid?.tag !== tags.oid) {
    throw new CertificateError("CERT_KEY_UNSUPPORTED", { algorithm: "unknown", supported: keyAlgorithms });
  }
  const kind = readOid(oid.body);
  if (kind === keyOids.rsa) return "RSA";
  if (kind === keyOids.ed25519) return "Ed25519";
  if (kind !== keyOids.ec || parameters?.tag !== tags.oid) return kind;
  const curve = readOid(parameters.body);
  return curves.get(curve) ?? curve;
}
