/** What a courier must have at the end. */
export type CourierBooks = {
  readonly units: bigint;
  /** Profit that is owed and not claimed, in base units. */
  readonly owed: bigint;
  /** Profit that was claimed, in base units. */
  readonly paid: bigint;
};

/** What must happen in one cycle. */
export type ExpectedCycle = {
  /** Couriers who met the target. */
  readonly met: number;
  /** Couriers who would have met it if late deliveries counted. */
  readonly metWithLate: number;
  readonly granted: bigint;
  readonly reclaimed: bigint;
  /** What the report deposits, in base units. */
  readonly deposit: bigint;
};

/** What must come of a pool. */
export type ExpectedPool = {
  readonly cycles: readonly ExpectedCycle[];
  readonly couriers: ReadonlyMap<string, CourierBooks>;
};
