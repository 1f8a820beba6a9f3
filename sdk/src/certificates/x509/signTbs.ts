import { CertificateError } from "../CertificateError.js";
import type { KeyPair } from "./KeyPair.js";
import { keyKindOf } from "./keyKinds.js";
import { parseTbs } from "./parseTbs.js";
import { writeSigned } from "./writeSigned.js";

/**
 * Signs a to-be-signed part, as it is, into a certificate's DER. A P-256 key signs with low s, as contracts ask.
 *
 * Errors: {@link CertificateError} CERT_KEY_DIFFERS where the part was written for a key of another kind, and those of
 * `parseTbs`.
 *
 * @example
 * import { createKeyPair, createRootTbs, parseCertificate, signTbs } from "@guildhall/sdk/certificates";
 * const key = await createKeyPair("P-256");
 * const validity = { notBefore: 1_800_000_000, notAfter: 1_900_000_000 };
 * const { tbs, tbsHash } = createRootTbs({ key, subject: { commonName: "centre 1" }, serial: 1n, ...validity });
 * assert.equal(parseCertificate(await signTbs(tbs, key)).tbsHash, tbsHash);
 */
export async function signTbs(tbs: Uint8Array, issuerKey: KeyPair): Promise<Uint8Array> {
  const { signatureAlgorithm: expected } = parseTbs(tbs);
  const { signature: actual } = keyKindOf(issuerKey.algorithm);
  if (expected !== actual) throw new CertificateError("CERT_KEY_DIFFERS", { expected, actual });
  return writeSigned(tbs, issuerKey);
}
