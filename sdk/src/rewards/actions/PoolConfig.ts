import type { EvidenceForm, PoolMode } from "../state/names.js";

/** What a new pool is made of. Times are Unix seconds, windows seconds. */
export type PoolConfig = {
  readonly mode: PoolMode;
  /** ROOT with INDICATOR. */
  readonly form: EvidenceForm;
  readonly totalUnits: bigint;
  /** Units for a cycle in which the condition was met. */
  readonly grant: bigint;
  /** The most a user holds: a grant that would pass it moves nothing. Left out for no limit. */
  readonly maxUnits?: bigint;
  readonly start: number;
  /** At least 60. */
  readonly cycleLength: number;
  readonly publishWindow: number;
  readonly disputeWindow: number;
  /** At most 64 cycles. */
  readonly actionWindow: number;
  /** Binds user ids. */
  readonly registrar: string;
  readonly profitToken: string;
  /** Of the profit, for each unit, as a fraction of 1e18; all units together at most 1e18. */
  readonly share: bigint;
  /** A committee, in the modes VERIFIER and BOTH. */
  readonly verifier?: string;
  /** From announcing another verifier to its taking over: a cycle at least, which is the default. */
  readonly verifierDelay?: number;
  /** The contract that tells usage totals, in mode INDICATOR. */
  readonly indicator?: string;
  /** The usage total that meets the condition, in mode INDICATOR. */
  readonly threshold?: bigint;
  /** Of the condition in words. */
  readonly conditionHash: string;
  /** Where the condition and all else can be read. */
  readonly metadataUri: string;
};
