import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { rewardAction } from "./rewardAction.js";
import type { ProvenUser } from "./settleBatchWithProof.js";
import { outcomesOf, type SettleOutcome } from "./SettleOutcome.js";

/** The parameters of {@link settleBatchWithProofs}. */
export type SettleBatchWithProofsParameters = {
  readonly poolId: string;
  readonly cycle: number;
  /** Of whom both lists say the same, in the order of both multiproofs' leaves. */
  readonly users: readonly ProvenUser[];
  readonly roster: { readonly proof: readonly string[]; readonly proofFlags: readonly boolean[] };
  readonly verdict: { readonly proof: readonly string[]; readonly proofFlags: readonly boolean[] };
};

/**
 * Settles one cycle of many users of whom both lists say the same, under a multiproof for each list (ROOT, in mode BOTH); who
 * cannot be settled is left out and named. Anyone. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const userId = `0x${"22".repeat(32)}`;
 * const action = rewardActions.settleBatchWithProofs(contract, {
 *   poolId,
 *   cycle: 0,
 *   users: [{ userId, account: wallet.address, eligible: true }],
 *   roster: { proof: [poolId], proofFlags: [false] },
 *   verdict: { proof: [poolId], proofFlags: [false] },
 * });
 * assert.equal(action.name, "settleBatchWithProofs");
 */
export function settleBatchWithProofs(
  contract: string,
  { poolId, cycle, users, roster, verdict }: SettleBatchWithProofsParameters,
): ContractAction<readonly SettleOutcome[]> {
  const toAbi = ({ proof, proofFlags }: SettleBatchWithProofsParameters["roster"]) => ({ proof, flags: proofFlags });
  return rewardAction({
    contract,
    method: "settleBatchWithProofs",
    args: [poolId, BigInt(cycle), users, toAbi(roster), toAbi(verdict)],
    event: "Settled",
    read: (events) => outcomesOf(events, contract, poolId),
  });
}
