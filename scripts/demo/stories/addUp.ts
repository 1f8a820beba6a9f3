/** Adds amounts up, by party. */
export function addUp(accounts: readonly Readonly<Record<string, bigint>>[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const account of accounts) {
    for (const [party, amount] of Object.entries(account)) sums.set(party, (sums.get(party) ?? 0n) + amount);
  }
  return sums;
}
