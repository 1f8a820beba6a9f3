import { concat, sha256 } from "ethers";

import type { IdentificationEnvelope } from "./IdentificationEnvelope.js";

/** An envelope as its applicant signs for it: the centre that it is for, and SHA-256 of the encapsulated key and the sealed bytes. */
export type EnvelopeHash = { readonly centre: number; readonly hash: string };

/**
 * What an applicant signs of an envelope, so that nobody puts another one in its place.
 *
 * @example
 * import { envelopeHash } from "@guildhall/sdk/certificates";
 * const hash = `0x${"11".repeat(32)}`;
 * const envelope = { centre: 2, identityHash: hash, encapsulated: hash, sealed: hash };
 * assert.notEqual(envelopeHash(envelope).hash, envelopeHash({ ...envelope, sealed: "0x12" }).hash);
 */
export function envelopeHash({ centre, encapsulated, sealed }: IdentificationEnvelope): EnvelopeHash {
  return { centre, hash: sha256(concat([encapsulated, sealed])) };
}
