import type { TypedData } from "../../core/signatures/TypedData.js";
import type { Application } from "../Application.js";
import { certificatesDomain, type CertificatesPlace } from "../documents/certificatesDomain.js";
import { certificateTypes } from "../documents/certificateTypes.js";
import { applicationToMessage } from "../documents/toMessage.js";
import type { EnvelopeHash } from "../identification/envelopeHash.js";

/** What an applicant signs to submit an application to centres: all of it, and the envelopes that go with it. */
export type SubmissionConsent = {
  readonly application: Application;
  /** Of all centres, in the order of sealing: one signature serves them all. */
  readonly envelopes: readonly EnvelopeHash[];
};

const types = {
  Submission: [
    { name: "application", type: "Application" },
    { name: "envelopes", type: "Envelope[]" },
  ],
  Application: certificateTypes.Application.Application,
  Envelope: [
    { name: "centre", type: "uint32" },
    { name: "hash", type: "bytes32" },
  ],
} as const satisfies TypedData["types"];

/**
 * The typed data by which an applicant submits an application, to be signed by its account. Centres verify it, and the ledger
 * never sees it.
 *
 * @example
 * import { signTyped } from "@guildhall/sdk";
 * import { envelopeHash, submissionTypedData } from "@guildhall/sdk/certificates";
 * const hash = `0x${"11".repeat(32)}`;
 * const validity = { notBefore: 1_800_000_000, notAfter: 1_900_000_000 };
 * const hashes = { subjectKeyHash: hash, identityHash: hash, possessionHash: hash };
 * const parties = { committeeId: hash, centre: 1, applicant: wallet.address };
 * const application = { ...parties, ...hashes, ...validity, deadline: 1_790_000_000 };
 * const envelope = { centre: 2, identityHash: hash, encapsulated: hash, sealed: hash };
 * const place = { chainId: 1n, contract };
 * const data = submissionTypedData(place, { application, envelopes: [envelopeHash(envelope)] });
 * assert.equal((await signTyped(wallet, data)).account, application.applicant);
 */
export function submissionTypedData(
  place: CertificatesPlace,
  { application, envelopes }: SubmissionConsent,
): TypedData {
  return {
    domain: certificatesDomain(place),
    types,
    primaryType: "Submission",
    message: { application: applicationToMessage(application), envelopes: [...envelopes] },
  };
}
