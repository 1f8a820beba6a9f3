/** A user id and the account that it is bound to. */
export type UserAccount = {
  /** 32 bytes: a salted hash, never a name. */
  readonly userId: string;
  readonly account: string;
};

/** User ids to bind to accounts, as the registrar signs them. */
export type Bindings = {
  readonly poolId: string;
  readonly users: readonly UserAccount[];
  /** Unix seconds before which they can be bound. */
  readonly deadline: number;
};
