/** A numbered invariant of docs/invariants.md, and the test files that its row cites, relative to `test/`. */
export type Invariant = { readonly number: string; readonly files: readonly string[] };

/** The rows `| D1 | What holds | files |` of a page. */
export function readInvariants(page: string): readonly Invariant[] {
  return [...page.matchAll(/^\| ([A-Z]\d+) +\|.*\|([^|]*)\|$/gmu)].map(([, number = "", cited = ""]) => ({
    number,
    files: [...cited.matchAll(/`([^`]+)`/gu)].map(([, file = ""]) => file),
  }));
}
