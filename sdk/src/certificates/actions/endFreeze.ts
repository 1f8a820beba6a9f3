import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { certificateAction } from "./certificateAction.js";
import { type MovedCertificate, movedOf } from "./MovedCertificate.js";

/** The parameters of {@link endFreeze}. */
export type EndFreezeParameters = { readonly certificateId: string };

/**
 * Moves a certificate whose freeze ended by itself back: anyone. Its verdict says so before, too. Pure.
 *
 * @example
 * import { certificateActions } from "@guildhall/sdk";
 * const certificateId = `0x${"11".repeat(32)}`;
 * assert.equal(certificateActions.endFreeze(contract, { certificateId }).name, "endFreeze");
 */
export function endFreeze(contract: string, { certificateId }: EndFreezeParameters): ContractAction<MovedCertificate> {
  return certificateAction({
    contract,
    method: "endFreeze",
    args: [certificateId],
    event: "CertificateMoved",
    read: (events) => movedOf(events, certificateId),
  });
}
