import type { ProvenUser } from "../actions/settleBatchWithProof.js";
import type { UserAccount } from "../documents/Bindings.js";
import { RewardError } from "../RewardError.js";
import type { ProofSource } from "./ProofSource.js";

/** One proof of a batch, with the account of each user in the proof's order. */
export type ProvenBatch = {
  readonly users: readonly ProvenUser[];
  readonly proof: readonly string[];
  readonly proofFlags: readonly boolean[];
};

/** Proves a batch. Errors: {@link RewardError} REWARD_PROOF_STRANGER. */
export async function proveTogether(proofs: ProofSource, batch: readonly UserAccount[]): Promise<ProvenBatch> {
  const accounts = new Map(batch.map(({ userId, account }) => [userId.toLowerCase(), account]));
  const { users, proof, proofFlags } = await proofs.multiProofOf([...accounts.keys()]);
  return {
    proof,
    proofFlags,
    users: users.map(({ userId, eligible }) => {
      const account = accounts.get(userId.toLowerCase());
      if (account !== undefined) return { userId, account, eligible };
      throw new RewardError({
        code: "REWARD_PROOF_STRANGER",
        args: { userId },
        what: `The proof covers ${userId}, whom nobody asked for.`,
        advice: "Use a source of proofs that answers for the users it is asked for.",
      });
    }),
  };
}
