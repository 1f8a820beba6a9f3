/** What is where at one moment, in base units of one token. */
export type Books = {
  /** When the books were read, in words. */
  readonly when: string;
  /** What ReferralDeals holds. */
  readonly held: bigint;
  /** What it owes, as its events tell. */
  readonly owed: bigint;
  readonly balances: readonly BookedBalance[];
};

/** What a party has, and what it ought to have. */
export type BookedBalance = {
  readonly party: string;
  readonly expected: bigint;
  readonly actual: bigint;
};
