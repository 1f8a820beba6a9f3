import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { certificateAction } from "./certificateAction.js";
import { type MovedCertificate, movedOf } from "./MovedCertificate.js";

/** The parameters of {@link expire}. */
export type ExpireParameters = { readonly certificateId: string };

/**
 * Moves a certificate whose time is over into the account for it: anyone. Its verdict says so before, too. Pure.
 *
 * @example
 * import { certificateActions } from "@guildhall/sdk";
 * const certificateId = `0x${"11".repeat(32)}`;
 * assert.equal(certificateActions.expire(contract, { certificateId }).name, "expire");
 */
export function expire(contract: string, { certificateId }: ExpireParameters): ContractAction<MovedCertificate> {
  return certificateAction({
    contract,
    method: "expire",
    args: [certificateId],
    event: "CertificateMoved",
    read: (events) => movedOf(events, certificateId),
  });
}
