import type { Guildhall } from "../../../sdk/src/index.js";
import { StandardToken__factory } from "../../../typechain-types/factories/mocks/tokens/StandardToken__factory.js";
import type { Books } from "./Books.js";

/** Whose books to read. */
export type ReadBooksParameters = {
  readonly hall: Guildhall;
  readonly token: string;
  readonly when: string;
  /** Addresses by party. */
  readonly accounts: ReadonlyMap<string, string>;
  /** What each party ought to have, in base units; a party that is not named is not asked. */
  readonly expected: ReadonlyMap<string, bigint>;
};

/** Reads what is where from the chain: balances from the token, debts from the events of ReferralDeals. */
export async function readBooks({ hall, token, when, accounts, expected }: ReadBooksParameters): Promise<Books> {
  const contract = StandardToken__factory.connect(token, hall.context.provider);
  const { held, owed } = await hall.deals.booksOf(token);
  const balances = await Promise.all(
    [...expected].map(async ([party, amount]) => ({
      party,
      expected: amount,
      actual: await contract.balanceOf(accounts.get(party) ?? ""),
    })),
  );
  return { when, held, owed, balances };
}
