import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { CentreRetirement } from "../documents/CentreAdmission.js";
import type { CertificateEventArgs } from "../logs/certificateEvents.js";
import { findEvent } from "../../core/transactions/findEvent.js";
import { certificateAction } from "./certificateAction.js";

/** The parameters of {@link retireCentre}. */
export type RetireCentreParameters = Omit<CentreRetirement, "committeeId"> & {
  /** The committee's, of the retirement. */
  readonly approval: string;
};

/**
 * Retires a centre, for good: anyone with the committee's approval. What it holds is ISSUER_INACTIVE until it is re-homed. Pure.
 *
 * @example
 * import { certificateActions } from "@guildhall/sdk";
 * const action = certificateActions.retireCentre(contract, { centre: 1, epoch: 1, approval: "0x01" });
 * assert.equal(action.name, "retireCentre");
 */
export function retireCentre(
  contract: string,
  { centre, epoch, approval }: RetireCentreParameters,
): ContractAction<CertificateEventArgs<"CentreRetired">> {
  return certificateAction({
    contract,
    method: "retireCentre",
    args: [BigInt(centre), BigInt(epoch), approval],
    event: "CentreRetired",
    read: (events) => findEvent(events, "CentreRetired", { centre }),
  });
}
