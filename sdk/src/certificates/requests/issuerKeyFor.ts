import { CertificateError } from "../CertificateError.js";
import type { IssuerKey } from "../actions/issueChecked.js";
import type { Centre } from "../state/Centre.js";

/**
 * The key of a centre whose signatures the ledger checks, out of the centre's certificate (PEM or DER) or its
 * SubjectPublicKeyInfo (DER).
 *
 * Errors: {@link CertificateError} CERTIFICATE_ISSUER_MISSING, CERTIFICATE_ISSUER_DIFFERS, and those of `parseCertificate`.
 */
export async function issuerKeyFor(
  { centre, issuerKeyHash }: Centre,
  issuer: string | Uint8Array | undefined,
): Promise<IssuerKey> {
  if (issuer === undefined) throw new CertificateError("CERTIFICATE_ISSUER_MISSING", { centre, issuerKeyHash });
  const { keyHashOf, parseCertificate, readP256Key } = await import("../x509/checking.js");
  const bare = typeof issuer === "string" ? undefined : readP256Key(issuer);
  const spki = typeof issuer !== "string" && bare !== undefined ? issuer : parseCertificate(issuer).key.spki;
  const actual = keyHashOf(spki);
  const key = bare ?? readP256Key(spki);
  if (key !== undefined && actual === issuerKeyHash.toLowerCase()) return key;
  throw new CertificateError("CERTIFICATE_ISSUER_DIFFERS", { centre, expected: issuerKeyHash, actual });
}
