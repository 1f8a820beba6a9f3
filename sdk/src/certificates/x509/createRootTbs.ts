import { oids } from "./algorithms.js";
import { tags } from "./der/DerNode.js";
import { writeDer } from "./der/writeDer.js";
import { writeInteger } from "./der/writeInteger.js";
import { keyIdentifierOf } from "./keyIdentifierOf.js";
import type { KeyPair } from "./KeyPair.js";
import { keyKindOf } from "./keyKinds.js";
import { parseTbs } from "./parseTbs.js";
import type { SubjectName } from "./SubjectName.js";
import type { TbsFacts } from "./TbsFacts.js";
import { writeExtension } from "./writeExtension.js";
import { writeName } from "./writeName.js";
import { writeTbs } from "./writeTbs.js";

/** What a centre's own certificate is to say. */
export type RootTbsParameters = {
  readonly key: Pick<KeyPair, "algorithm" | "spki">;
  readonly subject: SubjectName;
  /** From 1, of at most 20 bytes. */
  readonly serial: bigint;
  /** Unix seconds, inclusive. */
  readonly notBefore: number;
  /** Unix seconds, inclusive. */
  readonly notAfter: number;
};

const CERTIFICATES_AND_LISTS = Uint8Array.of(1, 0x06);

/**
 * Writes the to-be-signed part of a centre's own certificate, which it signs itself and issues others under. It allows no
 * authority below.
 *
 * Errors: `CertificateError` CERT_SERIAL, CERT_VALIDITY, CERT_NAME, CERT_KEY_UNSUPPORTED.
 *
 * @example
 * import { createKeyPair, createRootTbs } from "@guildhall/sdk/certificates";
 * const key = await createKeyPair("P-256");
 * const validity = { notBefore: 1_800_000_000, notAfter: 1_900_000_000 };
 * const root = createRootTbs({ key, subject: { commonName: "centre 1" }, serial: 1n, ...validity });
 * assert.ok(root.extensions.isCa);
 */
export function createRootTbs({ key, subject, serial, notBefore, notAfter }: RootTbsParameters): TbsFacts {
  const name = writeName(subject);
  const isCa = writeDer(tags.boolean, Uint8Array.of(0xff));
  const tbs = writeTbs({
    serial,
    identifier: keyKindOf(key.algorithm).identifier,
    issuer: name,
    notBefore,
    notAfter,
    subject: name,
    spki: key.spki,
    extensions: [
      writeExtension(oids.basicConstraints, writeDer(tags.sequence, isCa, writeInteger(0n)), true),
      writeExtension(oids.keyUsage, writeDer(tags.bitString, CERTIFICATES_AND_LISTS), true),
      writeExtension(oids.subjectKeyIdentifier, writeDer(tags.octetString, keyIdentifierOf(key.spki))),
    ],
  });
  return parseTbs(tbs);
}
