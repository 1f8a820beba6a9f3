import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { rewardAction } from "./rewardAction.js";
import { settledOf, type SettledUser } from "./SettleOutcome.js";

/** The parameters of {@link settle}. */
export type SettleParameters = {
  readonly poolId: string;
  readonly userId: string;
  /** The account that is bound to the user id. */
  readonly account: string;
  /** The first cycle not to take; cycles that are not final are not taken anyway. */
  readonly untilCycle: number;
};

/**
 * Settles a user's open cycles from evidence on chain (BITMAP, INDICATOR): anyone. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const userId = `0x${"22".repeat(32)}`;
 * const action = rewardActions.settle(contract, { poolId, userId, account: wallet.address, untilCycle: 1 });
 * assert.equal(action.name, "settle");
 */
export function settle(
  contract: string,
  { poolId, userId, account, untilCycle }: SettleParameters,
): ContractAction<SettledUser> {
  return rewardAction({
    contract,
    method: "settle",
    args: [poolId, userId, account, BigInt(untilCycle)],
    event: "Settled",
    read: (events) => settledOf(events, contract, poolId, userId),
  });
}
