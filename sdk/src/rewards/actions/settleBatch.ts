import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { UserAccount } from "../documents/Bindings.js";
import { rewardAction } from "./rewardAction.js";
import { outcomesOf, type SettleOutcome } from "./SettleOutcome.js";

/** The parameters of {@link settleBatch}. */
export type SettleBatchParameters = {
  readonly poolId: string;
  readonly users: readonly UserAccount[];
  /** The first cycle not to take. */
  readonly untilCycle: number;
};

/**
 * Settles many users' open cycles from evidence on chain; who cannot be settled is left out and named. Anyone. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const userId = `0x${"22".repeat(32)}`;
 * const action = rewardActions.settleBatch(contract, { poolId, users: [{ userId, account: wallet.address }], untilCycle: 1 });
 * assert.equal(action.name, "settleBatch");
 */
export function settleBatch(
  contract: string,
  { poolId, users, untilCycle }: SettleBatchParameters,
): ContractAction<readonly SettleOutcome[]> {
  return rewardAction({
    contract,
    method: "settleBatch",
    args: [poolId, users, BigInt(untilCycle)],
    event: "Settled",
    read: (events) => outcomesOf(events, contract, poolId),
  });
}
