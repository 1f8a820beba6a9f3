/**
 * The public half of a key that several members share. Not secret; every member has the same.
 *
 * Points are compressed, in hexadecimal.
 */
export type FrostGroup = {
  readonly format: "guildhall-frost-group";
  readonly version: 1;
  /** How many members sign together. */
  readonly threshold: number;
  /** Names of the members; a member's RFC 9591 identifier is its place here + 1. */
  readonly members: readonly string[];
  /** The group's public key. */
  readonly groupKey: string;
  /** Commitment to the sharing polynomial; the first point is the group key. */
  readonly commitments: readonly string[];
  /** Public key of each member's share, in the order of `members`. */
  readonly verifyingShares: readonly string[];
};
