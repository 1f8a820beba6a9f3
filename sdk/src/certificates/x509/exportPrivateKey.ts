import { CertificateError } from "../CertificateError.js";
import type { KeyPair } from "./KeyPair.js";
import { toPem } from "./toPem.js";

/**
 * The private key as PKCS#8 in PEM, unencrypted: for the file of whoever holds it, and for TLS servers.
 *
 * Errors: {@link CertificateError} CERT_KEY_NOT_EXTRACTABLE.
 *
 * @example
 * import { createKeyPair, exportPrivateKey, importPrivateKey } from "@guildhall/sdk/certificates";
 * const key = await createKeyPair("P-256");
 * assert.deepEqual((await importPrivateKey(await exportPrivateKey(key))).spki, key.spki);
 */
export async function exportPrivateKey({ algorithm, privateKey }: KeyPair): Promise<string> {
  if (!privateKey.extractable) throw new CertificateError("CERT_KEY_NOT_EXTRACTABLE", { algorithm });
  return toPem(new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey)), "PRIVATE KEY");
}
