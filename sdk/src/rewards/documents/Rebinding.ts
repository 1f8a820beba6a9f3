/** A user id goes from one account to another, with its units and the profit it is owed. */
export type Rebinding = {
  readonly poolId: string;
  readonly userId: string;
  /** The account that is bound now, and signs first. */
  readonly account: string;
  readonly newAccount: string;
  /** That of the member: it ends both signatures when it is used. */
  readonly nonce: number;
  /** Unix seconds before which both signatures count. */
  readonly deadline: number;
};
