import { getBytes } from "ethers";

import { CertificateError } from "../CertificateError.js";
import { encodeIdentification } from "./encodeIdentification.js";
import { sealTo } from "./hpke.js";
import type { Identification } from "./Identification.js";
import type { IdentificationEnvelope } from "./IdentificationEnvelope.js";
import { MAX_SEALED_BYTES } from "./IdentificationEnvelope.js";
import { identityHash } from "./identityHash.js";

/** Where an identification goes: a centre's number, and the public half of its key, 32 bytes as hex. */
export type CentreRecipient = { readonly centre: number; readonly publicKey: string };

/** The length that every sealed identification is filled up to a multiple of, so that its length says little. */
const BLOCK = 512;
const TAG = 16;

/**
 * Seals an identification, with its salt, to each centre by HPKE. Each envelope opens for its centre alone and only for the
 * identity hash that goes on chain.
 *
 * Errors: {@link CertificateError} IDENTITY_NO_CENTRES, IDENTITY_KEY, IDENTITY_SALT, IDENTITY_NOT_JSON, CERT_TOO_LARGE.
 *
 * @param salt 32 bytes, as hex, drawn anew for each application
 * @example
 * import { hexlify, randomBytes } from "ethers";
 * import { createCentreKey, openIdentification, sealIdentification } from "@guildhall/sdk/certificates";
 * const { publicKey, secretKey } = await createCentreKey();
 * const salt = hexlify(randomBytes(32));
 * const [envelope] = await sealIdentification({ name: "A" }, salt, [{ centre: 1, publicKey }]);
 * assert.equal((await openIdentification(envelope!, secretKey)).identification["name"], "A");
 */
export async function sealIdentification(
  identification: Identification,
  salt: string,
  centres: readonly CentreRecipient[],
): Promise<readonly IdentificationEnvelope[]> {
  if (centres.length === 0) throw new CertificateError("IDENTITY_NO_CENTRES", { centres: 0 });
  const hash = identityHash(salt, identification);
  const text = encodeIdentification(identification);
  const length = Math.ceil((32 + text.length) / BLOCK) * BLOCK;
  if (length + TAG > MAX_SEALED_BYTES) {
    const sizes = { max: MAX_SEALED_BYTES, actual: length + TAG };
    throw new CertificateError("CERT_TOO_LARGE", { document: "identification", ...sizes });
  }
  const plain = new Uint8Array(length);
  plain.set(getBytes(salt));
  plain.set(text, 32);
  // JSON never ends in a space, so this reads as no part of it.
  plain.fill(0x20, 32 + text.length);
  return Promise.all(
    centres.map(async ({ centre, publicKey }) => {
      const key = publicKeyOf(centre, publicKey);
      const { encapsulated, sealed } = await sealTo(centre, key, plain, getBytes(hash)).catch((cause: unknown) => {
        throw new CertificateError("IDENTITY_KEY", { centre, expectedBytes: 32, actualBytes: key.length }, cause);
      });
      return { centre, identityHash: hash, encapsulated, sealed };
    }),
  );
}

function publicKeyOf(centre: number, publicKey: string): Uint8Array {
  const bytes = /^0x(?:[0-9a-fA-F]{2})*$/u.test(publicKey) ? getBytes(publicKey) : new Uint8Array();
  if (bytes.length === 32) return bytes;
  throw new CertificateError("IDENTITY_KEY", { centre, expectedBytes: 32, actualBytes: bytes.length });
}
