/** Names below which others stand: DNS names as text, IP ranges as hex of the address and its mask. */
export type NameSubtrees = { readonly dns: readonly string[]; readonly ip: readonly string[] };

/** Which names an authority's certificates may be for. */
export type NameConstraints = {
  /** Where there are some of a kind, each name of that kind has to stand below one of them. */
  readonly permitted: NameSubtrees;
  readonly excluded: NameSubtrees;
  /** Kinds of names that are constrained and not processed here: nothing below such an authority is to be trusted. */
  readonly unprocessed: readonly string[];
};
