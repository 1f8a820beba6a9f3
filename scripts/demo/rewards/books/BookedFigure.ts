/** A figure of the chain, and what it must be. */
export type BookedFigure = {
  readonly what: string;
  /** Base units of the demo's token, or units of a pool. */
  readonly of: "coins" | "units";
  readonly actual: bigint;
  readonly expected: bigint;
};
