import { concat, getBytes, id, sha256 } from "ethers";

import { CertificateError } from "../CertificateError.js";
import { encodeIdentification } from "./encodeIdentification.js";
import type { Identification } from "./Identification.js";

/** So that no hash made for anything else is an identity's. */
const PREFIX = id("guildhall identification 1");

/**
 * The salted hash of an identification: SHA-256 of a fixed prefix, 32 random bytes and the canonical JSON. It goes on chain,
 * where without the salt nobody can tell whose it is, nor try out who it might be.
 *
 * Errors: {@link CertificateError} IDENTITY_SALT, IDENTITY_NOT_JSON.
 *
 * @param salt 32 bytes, as hex, drawn anew for each application
 * @example
 * import { hexlify, randomBytes } from "ethers";
 * import { identityHash } from "@guildhall/sdk/certificates";
 * const salt = hexlify(randomBytes(32));
 * assert.equal(identityHash(salt, { name: "A", year: 1980 }), identityHash(salt, { year: 1980, name: "A" }));
 */
export function identityHash(salt: string, identification: Identification): string {
  const bytes = /^0x(?:[0-9a-fA-F]{2})*$/u.test(salt) ? getBytes(salt) : new Uint8Array();
  if (bytes.length !== 32) {
    throw new CertificateError("IDENTITY_SALT", { expectedBytes: 32, actualBytes: bytes.length });
  }
  return sha256(concat([PREFIX, bytes, encodeIdentification(identification)]));
}
