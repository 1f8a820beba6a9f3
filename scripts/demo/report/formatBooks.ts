import type { Books } from "../books/Books.js";
import { formatCoins } from "../coins.js";
import { formatTable } from "./formatTable.js";

/** The table of one reading of the books. */
export function formatBooks({ when, held, owed, balances }: Books): string {
  const verdict = (actual: bigint, expected: bigint): string => (actual === expected ? "=" : "differs");
  const rows = [
    [`books ${when.toLowerCase()}`, "actual", "", "expected"],
    ["ReferralDeals: held, owed", formatCoins(held), verdict(held, owed), formatCoins(owed)],
    ...balances.map(({ party, actual, expected }) => [
      party,
      formatCoins(actual),
      verdict(actual, expected),
      formatCoins(expected),
    ]),
  ];
  return formatTable(rows, [1, 3]);
}
