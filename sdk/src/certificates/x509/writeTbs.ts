import { CertificateError } from "../CertificateError.js";
import { tags } from "./der/DerNode.js";
import { writeDer } from "./der/writeDer.js";
import { writeInteger } from "./der/writeInteger.js";
import { writeTime } from "./der/writeTime.js";

/** All fields of a to-be-signed part; those that are bytes are DER. */
export type TbsParts = {
  readonly serial: bigint;
  readonly identifier: Uint8Array;
  readonly issuer: Uint8Array;
  /** Unix seconds, inclusive. */
  readonly notBefore: number;
  /** Unix seconds, inclusive. */
  readonly notAfter: number;
  readonly subject: Uint8Array;
  readonly spki: Uint8Array;
  readonly extensions: readonly Uint8Array[];
};

const FIRST_SECOND = Date.UTC(1950, 0, 1) / 1_000;
const LAST_SECOND = Date.UTC(9999, 11, 31, 23, 59, 59) / 1_000;
const MAX_SERIAL_BYTES = 20;

/** Encodes a TBSCertificate of version 3. Errors: {@link CertificateError} CERT_SERIAL, CERT_VALIDITY. */
export function writeTbs(parts: TbsParts): Uint8Array<ArrayBuffer> {
  const { serial, notBefore, notAfter } = parts;
  // The first of its bits is its sign.
  if (serial < 1n || serial >= 1n << BigInt(MAX_SERIAL_BYTES * 8 - 1)) {
    throw new CertificateError("CERT_SERIAL", { serial, maxBytes: MAX_SERIAL_BYTES });
  }
  const whole = Number.isSafeInteger(notBefore) && Number.isSafeInteger(notAfter);
  if (!whole || notBefore < FIRST_SECOND || notAfter < notBefore || notAfter > LAST_SECOND) {
    throw new CertificateError("CERT_VALIDITY", { notBefore, notAfter });
  }
  return writeDer(
    tags.sequence,
    writeDer(0xa0, writeInteger(2n)),
    writeInteger(serial),
    parts.identifier,
    parts.issuer,
    writeDer(tags.sequence, writeTime(notBefore), writeTime(notAfter)),
    parts.subject,
    parts.spki,
    writeDer(0xa3, writeDer(tags.sequence, ...parts.extensions)),
  );
}
