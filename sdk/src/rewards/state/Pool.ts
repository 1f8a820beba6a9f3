import type { EvidenceForm, PoolMode } from "./names.js";

/** A pool as the chain knows it. Times are Unix seconds. */
export type Pool = {
  readonly poolId: string;
  readonly mode: PoolMode;
  readonly form: EvidenceForm;
  readonly closed: boolean;
  readonly totalUnits: bigint;
  readonly availableUnits: bigint;
  /** Units that users hold, as settled so far: total less available. */
  readonly outstandingUnits: bigint;
  /** Units for a cycle in which the condition was met. */
  readonly grant: bigint;
  /** The most a user holds; undefined for no limit. */
  readonly maxUnits: bigint | undefined;
  readonly start: number;
  readonly cycleLength: number;
  readonly publishWindow: number;
  readonly disputeWindow: number;
  readonly actionWindow: number;
  /** The first cycle that will not be; undefined while no end is announced. */
  readonly endCycle: number | undefined;
  /** Cycles whose profit is reported: the next report's cycle. */
  readonly reportCount: number;
  readonly userCount: number;
  readonly operator: string;
  readonly registrar: string;
  readonly profitToken: string;
  /** Of the profit, for each unit, as a fraction of 1e18. */
  readonly share: bigint;
  /** Fractions of 1e18 base units for each unit, carried to the next report. */
  readonly carry: bigint;
  /** Base units of profit deposited so far. */
  readonly deposited: bigint;
  /** The committee in office now; undefined in the modes that ask none. */
  readonly verifier: string | undefined;
  /** The committee announced; undefined for none. */
  readonly nextVerifier: string | undefined;
  readonly nextVerifierFrom: number | undefined;
  readonly verifierDelay: number;
  readonly indicator: string | undefined;
  /** The usage total that meets the condition, in mode INDICATOR. */
  readonly threshold: bigint;
};
