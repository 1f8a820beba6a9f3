import { hashTyped } from "../../core/signatures/hashTyped.js";
import { type SignatureVerdict, verifySignature } from "../../core/signatures/verifySignature.js";
import { CertificateError } from "../../certificates/CertificateError.js";
import { CentreError } from "../../certificates/centres/CentreError.js";
import type { Submission } from "../../certificates/centres/Submission.js";
import { submissionTypedData } from "../../certificates/centres/submissionTypedData.js";
import { envelopeHash } from "../../certificates/identification/envelopeHash.js";
import type { CentreServiceOptions } from "./CentreServiceOptions.js";

/**
 * Refuses what the applicant did not sign for this committee, this centre and this envelope. It comes first: nothing is read
 * any further, opened, waited for or kept for anybody else. What costs least is looked at first, a wallet is asked last.
 */
export async function requireSubmitter(submission: Submission, options: CentreServiceOptions): Promise<void> {
  const { application, envelope, envelopes, signature } = submission;
  const { committeeId, centre, chainId, ledger, provider } = options;
  if (application.committeeId.toLowerCase() !== committeeId.toLowerCase()) {
    const { committeeId: actual } = application;
    throw new CertificateError("APPLICATION_OTHER_COMMITTEE", { expected: committeeId, actual });
  }
  if (envelope.centre !== centre) {
    throw new CertificateError("APPLICATION_ENVELOPE", { expected: centre, actual: envelope.centre });
  }
  if (envelope.identityHash !== application.identityHash) {
    const [expected, actual] = [application.identityHash, envelope.identityHash];
    throw new CertificateError("APPLICATION_IDENTITY", { expected, actual });
  }
  const { hash } = envelopeHash(envelope);
  if (!envelopes.some((each) => each.centre === centre && each.hash === hash)) {
    throw new CertificateError("APPLICATION_ENVELOPE_UNSIGNED", { centre, hash });
  }
  const { applicant } = application;
  const digest = hashTyped(submissionTypedData({ chainId, contract: ledger }, { application, envelopes }));
  let verdict: SignatureVerdict;
  try {
    verdict = await verifySignature({ account: applicant, digest, signature, provider });
  } catch (cause) {
    throw new CentreError("CENTRE_UNAVAILABLE", { step: "ask the applicant's wallet" }, cause);
  }
  if (!verdict.valid) throw new CertificateError("APPLICATION_SUBMITTER", { applicant, problem: verdict.reason });
}
