import { getBytes, hexlify } from "ethers";

import { isJsonObject } from "../../core/documents/Json.js";
import { parseJson } from "../../core/documents/parseJson.js";
import { CertificateError } from "../CertificateError.js";
import { encodeIdentification } from "./encodeIdentification.js";
import { infoOf, suite } from "./hpke.js";
import type { Identification } from "./Identification.js";
import type { IdentificationEnvelope } from "./IdentificationEnvelope.js";
import { identityHash } from "./identityHash.js";

/** What was in an envelope. */
export type OpenedIdentification = { readonly identification: Identification; readonly salt: string };

/**
 * Opens an envelope with a centre's secret key, and holds what is in it against the identity hash.
 *
 * Errors: {@link CertificateError} IDENTITY_KEY, IDENTITY_SEALED where it was sealed to another key, centre or identity hash
 * or was changed, IDENTITY_HASH where its content has another hash. None holds anything of the content.
 *
 * @param secretKey 32 bytes, as hex
 * @example
 * import { hexlify, randomBytes } from "ethers";
 * import { createCentreKey, openIdentification, sealIdentification } from "@guildhall/sdk/certificates";
 * const [own, other] = [await createCentreKey(), await createCentreKey()];
 * const to = { centre: 1, publicKey: own.publicKey };
 * const [envelope] = await sealIdentification({ name: "A" }, hexlify(randomBytes(32)), [to]);
 * await assert.rejects(openIdentification(envelope!, other.secretKey), { code: "IDENTITY_SEALED" });
 */
export async function openIdentification(
  envelope: IdentificationEnvelope,
  secretKey: string,
): Promise<OpenedIdentification> {
  const { centre, identityHash: expected, encapsulated, sealed } = envelope;
  const key = /^0x(?:[0-9a-fA-F]{2})*$/u.test(secretKey) ? getBytes(secretKey) : new Uint8Array();
  if (key.length !== 32) {
    throw new CertificateError("IDENTITY_KEY", { centre, expectedBytes: 32, actualBytes: key.length });
  }
  const plain = await open();
  const salt = hexlify(plain.subarray(0, 32));
  const identification = read(plain.subarray(32));
  if (identification === undefined) {
    throw new CertificateError("IDENTITY_HASH", { centre, expected, actual: "none: it is not JSON" });
  }
  const actual = identityHash(salt, identification);
  if (actual !== expected) throw new CertificateError("IDENTITY_HASH", { centre, expected, actual });
  return { identification, salt };

  async function open(): Promise<Uint8Array> {
    try {
      const recipientKey = await suite.kem.deserializePrivateKey(Uint8Array.from(key));
      const parameters = { recipientKey, enc: Uint8Array.from(getBytes(encapsulated)), info: infoOf(centre) };
      const text = await suite.open(parameters, Uint8Array.from(getBytes(sealed)), Uint8Array.from(getBytes(expected)));
      return new Uint8Array(text);
    } catch {
      // Without the cause: no error of a decryption leaves this function.
      throw new CertificateError("IDENTITY_SEALED", { centre });
    }
  }
}

function read(bytes: Uint8Array): Identification | undefined {
  try {
    const json = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (!isJsonObject(json)) return undefined;
    encodeIdentification(json);
    return json;
  } catch {
    return undefined;
  }
}
