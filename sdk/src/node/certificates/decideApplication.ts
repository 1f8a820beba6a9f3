import { getBytes } from "ethers";

import { CertificateError } from "../../certificates/CertificateError.js";
import type { SignedResult } from "../../certificates/CertificationResult.js";
import { CentreError } from "../../certificates/centres/CentreError.js";
import type { Submission } from "../../certificates/centres/Submission.js";
import { approvedHashes } from "../../certificates/centres/approvedHashes.js";
import { openIdentification } from "../../certificates/identification/openIdentification.js";
import { checkApplication } from "../../certificates/x509/checkApplication.js";
import type { CentreCase, IdentityVerdict } from "./CentreCase.js";
import type { CentreServiceOptions } from "./CentreServiceOptions.js";
import type { Decision } from "./DecisionStore.js";

const MAX_REASON = 255;

/**
 * Decides an application and signs what was decided; `undefined` where the centre is undecided. The decision is on disk
 * before it is signed, and the signed result before it is given out. Papers that do not agree are refused and not decided:
 * whoever relays an application could send such.
 */
export async function decideApplication(
  submission: Submission,
  applicationId: string,
  options: CentreServiceOptions,
): Promise<SignedResult | undefined> {
  const { application, envelope } = submission;
  const { store, chainId, secretKey } = options;
  const papers = await checkApplication({
    application,
    request: getBytes(submission.request),
    draft: draftOf(submission),
    chainId,
  });
  const { tbs, contentHash, request } = papers;
  const stored = store.find(applicationId);
  if (stored !== undefined) {
    requireSameDraft(stored, tbs.tbsHash, contentHash);
    return signDecision(stored, options);
  }
  await requireTime(application.deadline, options);
  const { identification } = await openIdentification(envelope, secretKey);
  const verdict = await askIdentity({ applicationId, application, identification, request, tbs }, options);
  if (verdict.verdict === "undecided") return undefined;
  const approved = verdict.verdict === "approve";
  const reason = verdict.verdict === "approve" ? 0 : verdict.reason;
  if (!approved && !(Number.isInteger(reason) && reason >= 1 && reason <= MAX_REASON)) {
    throw new CentreError("CENTRE_REASON", { reason });
  }
  // Once more, as looking into an identity may take days.
  await requireTime(application.deadline, options);
  const kept = store.decide({ applicationId, tbsHash: tbs.tbsHash, contentHash, approved, reason });
  requireSameDraft(kept, tbs.tbsHash, contentHash);
  return signDecision(kept, options);
}

/** The stored result of this epoch, or the stored decision signed for it. */
export async function signDecision(decision: Decision, options: CentreServiceOptions): Promise<SignedResult> {
  const { store, committeeId, epoch } = options;
  const found = store.findResult(decision.applicationId, epoch);
  if (found !== undefined) return found;
  const result = { committeeId: committeeId.toLowerCase(), epoch, ...decision, ...approvedHashes(decision) };
  let signature: string;
  try {
    signature = await options.signResult(result);
  } catch (cause) {
    throw new CentreError("CENTRE_UNAVAILABLE", { step: "sign its result" }, cause);
  }
  return store.keepResult({ result, signature });
}

function draftOf({
  tbs,
  certificate,
}: Submission): { readonly tbs: Uint8Array } | { readonly certificate: Uint8Array } {
  if (tbs !== undefined && certificate === undefined) return { tbs: getBytes(tbs) };
  if (certificate !== undefined && tbs === undefined) return { certificate: getBytes(certificate) };
  throw new CentreError("CENTRE_DRAFT", { expected: 1, actual: tbs === undefined ? 0 : 2 });
}

function requireSameDraft({ applicationId, ...stored }: Decision, tbsHash: string, contentHash: string): void {
  for (const [expected, actual] of [
    [stored.tbsHash, tbsHash],
    [stored.contentHash, contentHash],
  ] as const) {
    if (expected !== actual) throw new CentreError("CENTRE_DECIDED_OTHERWISE", { applicationId, expected, actual });
  }
}

async function requireTime(deadline: number, { clock }: CentreServiceOptions): Promise<void> {
  let now: number;
  try {
    now = Number(await clock());
  } catch (cause) {
    throw new CentreError("CENTRE_UNAVAILABLE", { step: "tell the time" }, cause);
  }
  if (now >= deadline) throw new CertificateError("APPLICATION_DEADLINE", { deadline, now });
}

async function askIdentity(papers: CentreCase, { checkIdentity }: CentreServiceOptions): Promise<IdentityVerdict> {
  try {
    return await checkIdentity(papers);
  } catch (cause) {
    throw new CentreError("CENTRE_UNAVAILABLE", { step: "check identities" }, cause);
  }
}
