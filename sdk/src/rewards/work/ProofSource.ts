/** What a list says of a user, with its proof. */
export type ProvenAnswer = { readonly eligible: boolean; readonly proof: readonly string[] };

/** Answers of some users under one proof. */
export type MultiProof = {
  /** In the order in which the proof covers them. */
  readonly users: readonly { readonly userId: string; readonly eligible: boolean }[];
  readonly proof: readonly string[];
  readonly proofFlags: readonly boolean[];
};

/** Where proofs come from, such as an open roster file. It is only asked for users that it has. */
export type ProofSource = {
  /** Whether the user is in the list, eligible or not. */
  readonly has: (userId: string) => Promise<boolean>;
  readonly proofOf: (userId: string) => Promise<ProvenAnswer>;
  readonly multiProofOf: (userIds: readonly string[]) => Promise<MultiProof>;
};
