import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { Application } from "../Application.js";
import type { CertificationResult } from "../CertificationResult.js";
import { applicationIdOf } from "../documents/applicationIdOf.js";
import type { CertificateEventArgs } from "../logs/certificateEvents.js";
import type { ApplicationStatus } from "../state/names.js";
import { findEvent } from "../../core/transactions/findEvent.js";
import { certificateAction } from "./certificateAction.js";
import { applicationToAbi } from "./toAbi.js";

/** The parameters of {@link countResults}. */
export type CountResultsParameters = {
  readonly application: Application;
  readonly result: CertificationResult;
  /** Of one or more members, by the members scheme. */
  readonly approval: string;
};

/** What {@link countResults} did. */
export type CountedResults = CertificateEventArgs<"ResultsCounted"> & {
  /** Indexes of members that now have signed both ways. */
  readonly contradicted: readonly number[];
  /** What these results decided; undefined where nothing is decided by them. */
  readonly decided: Exclude<ApplicationStatus, "OPEN"> | undefined;
};

/**
 * Counts what members of the committee signed of an application: anyone. Pure.
 *
 * @example
 * import { applicationIdOf, certificateActions } from "@guildhall/sdk";
 * const [hash, zero] = [`0x${"11".repeat(32)}`, `0x${"00".repeat(32)}`];
 * const application = {
 *   ...{ committeeId: hash, centre: 1, applicant: wallet.address },
 *   ...{ subjectKeyHash: hash, identityHash: hash, possessionHash: hash },
 *   ...{ notBefore: 1_800_000_000, notAfter: 1_900_000_000, deadline: 1_790_000_000 },
 * };
 * const about = { committeeId: hash, epoch: 1, applicationId: applicationIdOf(application) };
 * const result = { ...about, tbsHash: zero, contentHash: zero, approved: false, reason: 1 };
 * const action = certificateActions.countResults(contract, { application, result, approval: "0x01" });
 * assert.equal(action.name, "countResults");
 */
export function countResults(
  contract: string,
  { application, result, approval }: CountResultsParameters,
): ContractAction<CountedResults> {
  const { epoch, tbsHash, contentHash, approved, reason } = result;
  const applicationId = applicationIdOf(application);
  return certificateAction({
    contract,
    method: "countResults",
    args: [
      applicationToAbi(application),
      { epoch: BigInt(epoch), tbsHash, contentHash, approved, reason: BigInt(reason) },
      approval,
    ],
    event: "ResultsCounted",
    read: (events) => {
      const counted = findEvent(events, "ResultsCounted", { applicationId });
      if (counted === undefined) return undefined;
      const decided = findEvent(events, "ApplicationDecided", { applicationId })?.status;
      const contradicted = findEvent(events, "ResultsContradicted", { applicationId })?.signers ?? [];
      return { ...counted, contradicted, decided: decided === "OPEN" ? undefined : decided };
    },
  });
}
