import { formatCoins } from "../coins.js";
import type { Books } from "./Books.js";

/** What does not add up; empty where everything does. */
export function checkBooks({ when, held, owed, balances }: Books): readonly string[] {
  const faults: string[] = [];
  if (held !== owed) faults.push(`${when}, ReferralDeals holds ${formatCoins(held)} and owes ${formatCoins(owed)}.`);
  for (const { party, expected, actual } of balances) {
    if (actual !== expected) {
      faults.push(`${when}, ${party} has ${formatCoins(actual)} where ${formatCoins(expected)} is expected.`);
    }
  }
  return faults;
}
