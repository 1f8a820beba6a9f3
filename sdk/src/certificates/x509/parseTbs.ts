import { readDer } from "./der/readDer.js";
import { readTbs } from "./readTbs.js";
import type { TbsFacts } from "./TbsFacts.js";

/**
 * Reads the to-be-signed part of a certificate, as it is before anybody signed it.
 *
 * Errors: those of `parseCertificate` but for PEM.
 *
 * @example
 * import { rootCertificates } from "node:tls";
 * import { parseCertificate, parseTbs } from "@guildhall/sdk/certificates";
 * const { tbs, tbsHash } = parseCertificate(rootCertificates[0]!);
 * assert.equal(parseTbs(tbs).tbsHash, tbsHash);
 */
export function parseTbs(der: Uint8Array): TbsFacts {
  return readTbs(readDer(Uint8Array.from(der), "to-be-signed part"), "to-be-signed part");
}
