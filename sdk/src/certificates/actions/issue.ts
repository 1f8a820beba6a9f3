import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Application } from "../Application.js";
import { certificateIdOf } from "../documents/certificateIdOf.js";
import type { CertificateEventArgs } from "../logs/certificateEvents.js";
import { findEvent } from "../../core/transactions/findEvent.js";
import { certificateAction } from "./certificateAction.js";
import { applicationToAbi, type CertificateHolding, previousToAbi } from "./toAbi.js";

/** What every way to issue needs. */
export type IssueOptions = {
  readonly application: Application;
  /** The committee's epoch and its approval of the result; left out where results were counted. */
  readonly approved?: { readonly epoch: number; readonly approval: string };
  /** The certificate that the subject key had before; left out for a key that had none. */
  readonly previous?: CertificateHolding;
};

/** The parameters of {@link issue}. */
export type IssueParameters = IssueOptions & {
  /** SHA-256 of the certificate's DER. */
  readonly contentHash: string;
};

/** A certificate that was issued. */
export type IssuedCertificate = CertificateEventArgs<"CertificateIssued">;

/**
 * Issues a certificate whose issuer's signature the committee checked: anyone with the committee's approval. Pure.
 *
 * @example
 * import { certificateActions } from "@guildhall/sdk";
 * const hash = `0x${"11".repeat(32)}`;
 * const application = {
 *   ...{ committeeId: hash, centre: 1, applicant: wallet.address },
 *   ...{ subjectKeyHash: hash, identityHash: hash, possessionHash: hash },
 *   ...{ notBefore: 1_800_000_000, notAfter: 1_900_000_000, deadline: 1_790_000_000 },
 * };
 * const approved = { epoch: 1, approval: "0x02" };
 * assert.equal(certificateActions.issue(contract, { application, contentHash: hash, approved }).name, "issue");
 */
export function issue(
  contract: string,
  { application, contentHash, approved, previous }: IssueParameters,
): ContractAction<IssuedCertificate> {
  const { epoch, approval } = approved ?? { epoch: 0, approval: "0x" };
  const certificateId = certificateIdOf({ committeeId: application.committeeId, contentHash });
  return certificateAction({
    contract,
    method: "issue",
    args: [applicationToAbi(application), contentHash, BigInt(epoch), approval, previousToAbi(previous)],
    event: "CertificateIssued",
    read: (events) => findEvent(events, "CertificateIssued", { certificateId }),
  });
}
