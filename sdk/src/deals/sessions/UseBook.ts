import type { Hex } from "../../core/documents/Hex.js";

/** A use of an offer that the merchant is about to consent to. */
export type UseClaim = {
  readonly offerId: Hex;
  readonly maxUses: number;
  readonly referralId: Hex;
  readonly dealId: Hex;
  /** Referrals that took a use on chain, whoever brought them there. */
  readonly onChain: readonly Hex[];
};

/** What became of a claim. */
export type UseVerdict =
  | { readonly granted: true }
  /** Another deal was consented to under the same referral. */
  | { readonly granted: false; readonly reason: "SIGNED"; readonly dealId: Hex }
  | { readonly granted: false; readonly reason: "EXHAUSTED"; readonly taken: number };

/**
 * The merchant's memory of what it consented to, over all its deal files: it is what keeps a merchant from signing twice
 * for one use. `claim` must be atomic, and durable before it answers: a merchant with several processes keeps it in its
 * database, one with a single process may use {@link serialUseBook}.
 */
export type UseBook = {
  claim(use: UseClaim): Promise<UseVerdict>;
};
