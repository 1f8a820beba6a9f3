/**
 * The invariants that a test names: a word that is a number of the page's letters, as in `D1: held is not owed` or
 * `invariant_D1_D5`; and of any letter where the word invariant stands before it, so that a number without a row is seen.
 *
 * @param letters Those that the page numbers with, as "CD"
 */
export function numbersIn(source: string, letters: string): ReadonlySet<string> {
  const words =
    letters === "" ? [] : source.matchAll(new RegExp(`(?<![A-Za-z0-9])[${letters}]\\d+(?![A-Za-z0-9])`, "gu"));
  const lists = source.matchAll(/[Ii]nvariants?[_ ]([A-Z]\d+(?:(?:, | and | to |_)[A-Z]\d+)*)(?![A-Za-z0-9])/gu);
  return new Set([
    ...[...words].map(([word]) => word),
    ...[...lists].flatMap(([, list = ""]) => list.match(/[A-Z]\d+/gu) ?? []),
  ]);
}
