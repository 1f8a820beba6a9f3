/** Whose word decides, in the contract's order. */
export const poolModes = ["ROSTER", "VERIFIER", "BOTH", "INDICATOR"] as const;

/** Whose word decides: the operator's roster, the verifier's verdict, both of them, or a usage total. */
export type PoolMode = (typeof poolModes)[number];

/** How rosters and verdicts are published, in the contract's order. */
export const evidenceForms = ["ROOT", "BITMAP"] as const;

/** How rosters and verdicts are published: a Merkle root, or a bit for each user as contract code. */
export type EvidenceForm = (typeof evidenceForms)[number];

/** Who published, in the contract's order. */
export const evidenceSources = ["OPERATOR", "VERIFIER"] as const;

/** Who published. */
export type EvidenceSource = (typeof evidenceSources)[number];

/** What evidence says of a user and cycle, in the contract's order. */
export const evidenceAnswers = ["NONE", "YES", "NO"] as const;

/** What evidence says of a user and cycle. */
export type EvidenceAnswer = (typeof evidenceAnswers)[number];

/** Why a user's cycles are not settled, in the contract's order. */
export const refusals = [
  "NONE",
  "NOT_BOUND",
  "NOT_FINAL",
  "WINDOW_OVER",
  "ALREADY_SETTLED",
  "EARLIER_CYCLE_OPEN",
  "POOL_EXHAUSTED",
] as const;

/** Why a user's cycles are not settled. */
export type Refusal = Exclude<(typeof refusals)[number], "NONE">;

/** The cycle that an end not announced stands for. */
export const NO_END = 2 ** 32 - 1;
