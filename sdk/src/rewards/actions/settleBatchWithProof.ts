import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { UserAccount } from "../documents/Bindings.js";
import { rewardAction } from "./rewardAction.js";
import { outcomesOf, type SettleOutcome } from "./SettleOutcome.js";

/** A user in a batch with proofs. */
export type ProvenUser = UserAccount & { readonly eligible: boolean };

/** The parameters of {@link settleBatchWithProof}. */
export type SettleBatchWithProofParameters = {
  readonly poolId: string;
  readonly cycle: number;
  /** In the order of the multiproof's leaves. */
  readonly users: readonly ProvenUser[];
  readonly proof: readonly string[];
  readonly proofFlags: readonly boolean[];
};

/**
 * Settles one cycle of many users under one multiproof; who cannot be settled is left out and named. Anyone. Pure.
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * const poolId = `0x${"11".repeat(32)}`;
 * const userId = `0x${"22".repeat(32)}`;
 * const action = rewardActions.settleBatchWithProof(contract, {
 *   poolId,
 *   cycle: 0,
 *   users: [{ userId, account: wallet.address, eligible: true }],
 *   proof: [poolId],
 *   proofFlags: [false],
 * });
 * assert.equal(action.name, "settleBatchWithProof");
 */
export function settleBatchWithProof(
  contract: string,
  { poolId, cycle, users, proof, proofFlags }: SettleBatchWithProofParameters,
): ContractAction<readonly SettleOutcome[]> {
  return rewardAction({
    contract,
    method: "settleBatchWithProof",
    args: [poolId, BigInt(cycle), users, proof, proofFlags],
    event: "Settled",
    read: (events) => outcomesOf(events, contract, poolId),
  });
}
