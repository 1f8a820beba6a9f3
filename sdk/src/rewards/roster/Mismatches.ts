/** What an audit holds against a file. */
export type RosterMismatchKind =
  "LENGTH" | "HEADER" | "ORDER" | "ANSWER" | "PLACE" | "LEAF_ORDER" | "NODE" | "BITS" | "COVERAGE" | "PUBLISHED";

/** One thing that is not as it should be. */
export type RosterMismatch = {
  readonly kind: RosterMismatchKind;
  /** A field, a user by his number in the file, or a node. */
  readonly where: string;
  readonly expected: string | number;
  readonly actual: string | number;
};

/** Mismatches of one kind that are listed; the others are counted. */
const MAX_LISTED = 100;

/** Counts mismatches, and keeps the first ones of each kind. */
export class Mismatches {
  readonly listed: RosterMismatch[] = [];
  readonly #counts = new Map<RosterMismatchKind, number>();

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  add(mismatch: RosterMismatch): void {
    const count = (this.#counts.get(mismatch.kind) ?? 0) + 1;
    this.#counts.set(mismatch.kind, count);
    if (count <= MAX_LISTED) this.listed.push(mismatch);
  }
}
