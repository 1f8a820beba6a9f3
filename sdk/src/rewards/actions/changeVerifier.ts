import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { rewardAction } from "./rewardAction.js";
import { findEvent } from "../../core/transactions/findEvent.js";

/** The parameters of {@link changeVerifier}. */
export type ChangeVerifierParameters = {
  readonly poolId: string;
  /** A committee. */
  readonly verifier: string;
};

/**
 * Announces another verifier, which takes over after the pool's delay: the operator. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const action = rewardActions.changeVerifier(contract, { poolId, verifier: `0x${"22".repeat(32)}` });
 * assert.equal(action.name, "changeVerifier");
 */
export function changeVerifier(
  contract: string,
  { poolId, verifier }: ChangeVerifierParameters,
): ContractAction<RewardEventArgs<"VerifierAnnounced">> {
  return rewardAction({
    contract,
    method: "changeVerifier",
    args: [poolId, verifier],
    event: "VerifierAnnounced",
    read: (events) => findEvent(events, "VerifierAnnounced", { poolId, verifier }),
  });
}
