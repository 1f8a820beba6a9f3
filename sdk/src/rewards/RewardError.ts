import { GuildhallError } from "../core/errors/GuildhallError.js";

/** Why the SDK refuses a step of a reward pool. */
export type RewardErrorCode =
  // evidence
  | "REWARD_BITMAP_LENGTH"
  | "REWARD_BITMAP_STRAY_BITS"
  | "REWARD_CHUNK_DIFFERS"
  // settling
  | "REWARD_WRONG_FORM"
  | "REWARD_PROOFS_MISSING"
  | "REWARD_PROOF_STRANGER"
  | "REWARD_PROOFS_DIFFER"
  | "REWARD_NOT_FINAL"
  | "REWARD_WINDOW_OVER"
  | "REWARD_BATCH_TOO_LARGE"
  // profit
  | "REWARD_BALANCE_SHORT"
  | "REWARD_ALLOWANCE_SHORT";

/** The SDK refuses a step of a reward pool: `code` says why, `args` has the numbers, the message says what to do. */
export class RewardError extends GuildhallError<RewardErrorCode> {}
