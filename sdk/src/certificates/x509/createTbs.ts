import { getBytes } from "ethers";

import { oids } from "./algorithms.js";
import type { Certificate } from "./Certificate.js";
import { tags } from "./der/DerNode.js";
import { writeDer } from "./der/writeDer.js";
import { writeOid } from "./der/writeOid.js";
import { keyIdentifierOf } from "./keyIdentifierOf.js";
import { keyKindOf } from "./keyKinds.js";
import { parseTbs } from "./parseTbs.js";
import type { SigningRequest } from "./SigningRequest.js";
import type { TbsFacts } from "./TbsFacts.js";
import { type NamesToWrite, writeAlternativeNames } from "./writeAlternativeNames.js";
import { writeExtension } from "./writeExtension.js";
import { writeTbs } from "./writeTbs.js";

const SERVER_AND_CLIENT = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"];
const DIGITAL_SIGNATURE = Uint8Array.of(7, 0x80);
const DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT = Uint8Array.of(5, 0xa0);

/** What a certificate is to say. */
export type TbsParameters = {
  /** Whom it is for: subject, key and, where `names` is left out, its names. */
  readonly request: SigningRequest;
  /** The certificate of the centre that will sign it. */
  readonly issuer: Certificate;
  /** From 1, of at most 20 bytes; {@link randomSerial} draws one. */
  readonly serial: bigint;
  /** Unix seconds, inclusive. */
  readonly notBefore: number;
  /** Unix seconds, inclusive. */
  readonly notAfter: number;
  readonly names?: NamesToWrite;
};

/**
 * Writes the to-be-signed part of a holder's certificate, byte for byte as it will be signed, so that a committee can approve
 * its hash before anybody signs. The holder may be a TLS server and client, and no authority.
 *
 * Errors: `CertificateError` CERT_SERIAL, CERT_VALIDITY, CERT_NAME, CERT_KEY_UNSUPPORTED for an issuer's key of another kind.
 *
 * @example
 * import * as x509 from "@guildhall/sdk/certificates";
 * const issuerKey = await x509.createKeyPair("P-256");
 * const validity = { notBefore: 1_800_000_000, notAfter: 1_900_000_000 };
 * const subject = { commonName: "centre 1" };
 * const root = x509.createRootTbs({ key: issuerKey, subject, serial: 1n, ...validity });
 * const issuer = x509.parseCertificate(await x509.signTbs(root.tbs, issuerKey));
 * const key = await x509.createKeyPair("Ed25519");
 * const party = { chainId: 1n, applicant: wallet.address };
 * const request = await x509.createSigningRequest({ key, subject: { commonName: "node 7" }, ...party });
 * const draft = x509.createTbs({ request, issuer, serial: x509.randomSerial(), ...validity });
 * const certificate = x509.parseCertificate(await x509.signTbs(draft.tbs, issuerKey));
 * assert.equal(certificate.tbsHash, draft.tbsHash);
 * assert.ok((await x509.checkCertificate(certificate, issuer, 1_850_000_000)).valid);
 */
export function createTbs(parameters: TbsParameters): TbsFacts {
  const { request, issuer, serial, notBefore, notAfter, names = request.extensions.names } = parameters;
  const alternative = writeAlternativeNames(names);
  const issuerId = issuer.extensions.subjectKeyIdentifier;
  const usage = request.key.algorithm === "RSA" ? DIGITAL_SIGNATURE_AND_KEY_ENCIPHERMENT : DIGITAL_SIGNATURE;
  const purposes = writeDer(tags.sequence, ...SERVER_AND_CLIENT.map(writeOid));
  const authority = issuerId === undefined ? keyIdentifierOf(issuer.key.spki) : getBytes(issuerId);
  const tbs = writeTbs({
    serial,
    identifier: keyKindOf(issuer.key.algorithm).identifier,
    issuer: issuer.subject.der,
    notBefore,
    notAfter,
    subject: request.subject.der,
    spki: request.key.spki,
    extensions: [
      writeExtension(oids.basicConstraints, writeDer(tags.sequence), true),
      writeExtension(oids.keyUsage, writeDer(tags.bitString, usage), true),
      writeExtension(oids.extendedKeyUsage, purposes),
      writeExtension(oids.subjectKeyIdentifier, writeDer(tags.octetString, keyIdentifierOf(request.key.spki))),
      writeExtension(oids.authorityKeyIdentifier, writeDer(tags.sequence, writeDer(0x80, authority))),
      ...(alternative === undefined ? [] : [alternative]),
    ],
  });
  return parseTbs(tbs);
}
