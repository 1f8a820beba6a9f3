import type { Pool } from "./Pool.js";

const ONE = 10n ** 18n;

/** What a report of profit deposits, in base units. */
export type ProfitDeposit = {
  /** For each unit. */
  readonly perUnit: bigint;
  /** What the operator must have allowed: `perUnit` for each unit that is out. */
  readonly deposit: bigint;
  /** Fractions of 1e18 base units for each unit, carried to the report after. */
  readonly carry: bigint;
};

/**
 * What a report of `profit` would deposit, by the pool as it stands. Settling before it changes the units that are out, and so
 * the deposit. Pure.
 *
 * @param profit Base units; 0 for a loss
 *
 * @example
 * import { profitDeposit } from "@guildhall/sdk";
 * const pool = { share: 10n ** 15n, carry: 0n, outstandingUnits: 3n }; // a thousandth of the profit for each unit
 * const report = profitDeposit(pool, 12_345n);
 * assert.deepEqual(report, { perUnit: 12n, deposit: 36n, carry: 345n * 10n ** 15n });
 */
export function profitDeposit(
  { share, carry, outstandingUnits }: Pick<Pool, "share" | "carry" | "outstandingUnits">,
  profit: bigint,
): ProfitDeposit {
  if (outstandingUnits === 0n) return { perUnit: 0n, deposit: 0n, carry };
  const parts = profit * share + carry;
  const perUnit = parts / ONE;
  return { perUnit, deposit: perUnit * outstandingUnits, carry: parts % ONE };
}
