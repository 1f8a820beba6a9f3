/** A step that a story must show. */
export type ExpectedStep = {
  readonly actor: string;
  readonly step: string;
  /** What the party must say of it besides. */
  readonly detail?: string;
  /** The step is a transaction, or several. */
  readonly onChain?: true;
  /** The step is refused, by this name. */
  readonly refusal?: string;
};

/** A story that the demo plays. */
export type Story = {
  readonly id: string;
  readonly title: string;
  readonly steps: readonly ExpectedStep[];
  /** What its parties are given at the beginning, in base units of the demo's token. */
  readonly given: Readonly<Record<string, bigint>>;
  /** How the balances of its parties have changed just before the moment. */
  readonly changesAtMoment: Readonly<Record<string, bigint>>;
  /** How the balances of its parties have changed at the end. */
  readonly changesAtEnd: Readonly<Record<string, bigint>>;
};
