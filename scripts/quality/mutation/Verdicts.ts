/** What the tests said of a mutant, with the letter that stands for it in the results. */
const LETTERS = {
  m: "killed by mocha",
  f: "killed by forge",
  x: "does not compile",
  "=": "same code",
  s: "survived",
} as const;

/** Stands for a mutant that was not tried. */
const UNTRIED = "-";

type Letter = keyof typeof LETTERS;
export type Verdict = (typeof LETTERS)[Letter];

/** The verdicts of a file's mutants, in the order of the source; written as one letter each. */
export class Verdicts {
  readonly #verdicts: (Verdict | undefined)[];

  /** Of so many mutants; `written` is what an earlier run wrote of the same source. */
  constructor(mutants: number, written = "") {
    this.#verdicts = Array.from({ length: mutants }, (_, i) => LETTERS[written[i] as Letter] as Verdict | undefined);
  }

  of(mutant: number): Verdict | undefined {
    return this.#verdicts[mutant];
  }

  set(mutant: number, verdict: Verdict): void {
    this.#verdicts[mutant] = verdict;
  }

  count(...wanted: readonly Verdict[]): number {
    return this.#verdicts.filter((verdict) => verdict !== undefined && wanted.includes(verdict)).length;
  }

  toString(): string {
    const letters = new Map(Object.entries(LETTERS).map(([letter, verdict]) => [verdict as string, letter]));
    return this.#verdicts.map((verdict) => letters.get(verdict ?? "") ?? UNTRIED).join("");
  }
}
