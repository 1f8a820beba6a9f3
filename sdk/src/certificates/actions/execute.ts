import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { CertificateRequest } from "../documents/CertificateRequest.js";
import { certificateAction } from "./certificateAction.js";
import { type MovedCertificate, movedOf } from "./MovedCertificate.js";
import { requestToAbi } from "./toAbi.js";

/** Who asks, and what shows it. */
export type Consent =
  /** The receiving centre; without a signature its account is the sender. */
  | { readonly as: "CENTRE"; readonly signature?: string }
  /** The holder, with the certificate's key; without a signature it is the sender. */
  | { readonly as: "HOLDER"; readonly subjectKeyHash: string; readonly holder: string; readonly signature?: string }
  | { readonly as: "COMMITTEE"; readonly epoch: number; readonly approval: string };

/** The parameters of {@link execute}. */
export type ExecuteParameters = { readonly request: CertificateRequest; readonly consent: Consent };

/**
 * Does what a request asks: anyone with the consent of who asks. A centre that sends it itself takes the shorter functions for
 * freezing, unfreezing and revoking. Pure.
 *
 * @example
 * import { certificateActions, type CertificateRequest } from "@guildhall/sdk";
 * const hash = `0x${"11".repeat(32)}`;
 * const consumed = { certificateId: hash, previousRecord: hash };
 * const request: CertificateRequest = { ...consumed, operation: "REVOKE", reason: 1, deadline: 1_900_000_000 };
 * assert.equal(certificateActions.execute(contract, { request, consent: { as: "CENTRE" } }).name, "revoke");
 * const consent = { as: "CENTRE", signature: "0x01" } as const;
 * assert.equal(certificateActions.execute(contract, { request, consent }).name, "executeAsCentre");
 */
export function execute(contract: string, { request, consent }: ExecuteParameters): ContractAction<MovedCertificate> {
  const { certificateId, previousRecord, operation } = request;
  const common = {
    contract,
    event: "CertificateMoved",
    read: (events: Parameters<typeof movedOf>[0]) => movedOf(events, certificateId),
  } as const;
  const args = requestToAbi(request);
  if (consent.as === "COMMITTEE") {
    const { epoch, approval } = consent;
    return certificateAction({ ...common, method: "executeAsCommittee", args: [args, BigInt(epoch), approval] });
  }
  if (consent.as === "HOLDER") {
    const { subjectKeyHash, holder, signature = "0x" } = consent;
    return certificateAction({ ...common, method: "executeAsHolder", args: [args, subjectKeyHash, holder, signature] });
  }
  if (consent.signature === undefined) {
    if (operation === "FREEZE") {
      return certificateAction({ ...common, method: "freeze", args: [certificateId, previousRecord, args.reason] });
    }
    if (operation === "REVOKE") {
      return certificateAction({ ...common, method: "revoke", args: [certificateId, previousRecord, args.reason] });
    }
    if (operation === "UNFREEZE" && request.reason === 0) {
      return certificateAction({ ...common, method: "unfreeze", args: [certificateId, previousRecord] });
    }
  }
  return certificateAction({ ...common, method: "executeAsCentre", args: [args, consent.signature ?? "0x"] });
}
