import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { rewardAction } from "./rewardAction.js";
import { findEvent } from "../../core/transactions/findEvent.js";

/** The parameters of {@link rebind}. */
export type RebindParameters = {
  readonly poolId: string;
  readonly userId: string;
  readonly newAccount: string;
  /** Unix seconds. */
  readonly deadline: number;
  /** Of `UserRebinding`. */
  readonly userSignature: string;
  /** Of `RegistrarRebinding`; `0x` where the registrar sends it. */
  readonly registrarSignature: string;
};

/**
 * Binds a user id to another account, with its units and profit owed: anyone with both signatures. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const action = rewardActions.rebind(contract, {
 *   poolId,
 *   userId: `0x${"22".repeat(32)}`,
 *   newAccount: wallet.address,
 *   deadline: 1_900_000_000,
 *   userSignature: `0x${"33".repeat(65)}`,
 *   registrarSignature: "0x",
 * });
 * assert.equal(action.name, "rebind");
 */
export function rebind(
  contract: string,
  { poolId, userId, newAccount, deadline, userSignature, registrarSignature }: RebindParameters,
): ContractAction<RewardEventArgs<"Rebound">> {
  return rewardAction({
    contract,
    method: "rebind",
    args: [poolId, userId, newAccount, BigInt(deadline), userSignature, registrarSignature],
    event: "Rebound",
    read: (events) => findEvent(events, "Rebound", { poolId, userId, newAccount }),
  });
}
