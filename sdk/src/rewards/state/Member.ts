/** A bound user as settled so far. */
export type Member = {
  readonly userId: string;
  readonly account: string;
  /** His bit in a BITMAP. */
  readonly index: number;
  /** Of the next rebinding. */
  readonly nonce: number;
  /** The first cycle not settled. */
  readonly nextCycle: number;
  readonly units: bigint;
  /** Base units of profit owed, everything reported so far counted. */
  readonly owed: bigint;
};
