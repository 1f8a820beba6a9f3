import { sha256 } from "ethers";

import { CertificateError } from "../CertificateError.js";
import { readDer } from "../x509/der/readDer.js";

/** SHA-256 of a certificate's to-be-signed part. Errors: those of `readDer`, {@link CertificateError} CERT_MALFORMED. */
export function tbsHashIn(certificate: Uint8Array): string {
  const [tbs] = readDer(certificate, "certificate").children;
  if (tbs === undefined) {
    throw new CertificateError("CERT_MALFORMED", {
      document: "certificate",
      field: "to-be-signed part",
      problem: "it has none",
    });
  }
  return sha256(tbs.bytes);
}
