/** A point in which a chain differs from its record. */
export type Difference = {
  readonly kind:
    | "chain"
    | "factory"
    | "no-code"
    | "code"
    | "address"
    | "constructor-arguments"
    | "transaction"
    | "directory-entry"
    | "directory-extra-entry"
    | "directory-previous"
    | "source";
  /** The contract, or the part of the record, that differs. */
  readonly what: string;
  readonly recorded: string;
  readonly found: string;
};
