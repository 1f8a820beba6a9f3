import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { rewardAction } from "./rewardAction.js";
import { findEvent } from "../../core/transactions/findEvent.js";

/** The parameters of {@link reportProfit}. */
export type ReportProfitParameters = {
  readonly poolId: string;
  /** The cycle after the last one reported; it is over. */
  readonly cycle: number;
  /** The pool's profit token. */
  readonly token: string;
  /** Base units; 0 for a loss. */
  readonly profit: bigint;
  /** Of the operator's accounts. */
  readonly reportHash: string;
};

/**
 * Reports a cycle's profit and deposits the units' part out of the sender's allowance: the operator. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const action = rewardActions.reportProfit(contract, { poolId, cycle: 0, token, profit: 5n, reportHash: poolId });
 * assert.equal(action.name, "reportProfit");
 */
export function reportProfit(
  contract: string,
  { poolId, cycle, token, profit, reportHash }: ReportProfitParameters,
): ContractAction<RewardEventArgs<"ProfitReported">> {
  return rewardAction({
    contract,
    method: "reportProfit",
    args: [poolId, BigInt(cycle), token, profit, reportHash],
    event: "ProfitReported",
    read: (events) => findEvent(events, "ProfitReported", { poolId, cycle }),
  });
}
