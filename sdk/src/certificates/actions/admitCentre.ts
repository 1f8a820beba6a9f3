import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { CentreAdmission } from "../documents/CentreAdmission.js";
import type { CertificateEventArgs } from "../logs/certificateEvents.js";
import { findEvent } from "../../core/transactions/findEvent.js";
import { certificateAction } from "./certificateAction.js";

/** The parameters of {@link admitCentre}. */
export type AdmitCentreParameters = CentreAdmission & {
  /** The committee's, of the admission. */
  readonly approval: string;
};

/**
 * Admits a centre that its committee approved: anyone. Pure.
 *
 * @example
 * import { certificateActions } from "@guildhall/sdk";
 * const hash = `0x${"11".repeat(32)}`;
 * const centre = { account: wallet.address, issuerKeyHash: hash, issuerIsP256: true };
 * const admission = { committeeId: hash, epoch: 1, ...centre, salt: hash, approval: "0x01" };
 * assert.equal(certificateActions.admitCentre(contract, admission).name, "admitCentre");
 */
export function admitCentre(
  contract: string,
  { committeeId, epoch, account, issuerKeyHash, issuerIsP256, salt, approval }: AdmitCentreParameters,
): ContractAction<CertificateEventArgs<"CentreAdmitted">> {
  return certificateAction({
    contract,
    method: "admitCentre",
    args: [committeeId, { account, issuerKeyHash, issuerIsP256 }, salt, BigInt(epoch), approval],
    event: "CentreAdmitted",
    read: (events) => findEvent(events, "CentreAdmitted", { salt }),
  });
}
