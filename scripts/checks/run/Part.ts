/** One part of `npm test`: an npm script, and how its verdict is counted. */
export type Part = {
  readonly script: string;
  /** `check`: one verdict. `tests`: as many as its runner counts; none at all is a failure. */
  readonly counts: "check" | "tests";
};

export type Outcome = {
  readonly script: string;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
  readonly output: string;
};
