/** What a runner counted of one function of a handler, over all runs of a campaign. */
export type Reach = { readonly calls: number; readonly reverts: number; readonly discards: number };

/** One invariant's campaign, as either engine reports it. */
export type Campaign = {
  /** As `file:contract.test`. */
  readonly name: string;
  /** By `file:contract.function`. */
  readonly metrics: Readonly<Record<string, Reach>>;
};

/** The actions of each handler, by `file:contract`. */
export type Actions = Readonly<Record<string, readonly string[]>>;
