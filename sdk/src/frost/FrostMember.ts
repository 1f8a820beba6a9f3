/**
 * One party of a FROST protocol, as everyone else knows it.
 *
 * The place in a group's list of members gives the RFC 9591 participant identifier: index + 1. A committee lists its
 * FROST members in the order of its `EpochConfig.members`.
 */
export type FrostMember = {
  /** Name that is unique among the parties; for a committee, the member's address. */
  readonly id: string;
  /** Compressed secp256k1 key (33 bytes) with which the party signs its messages and others seal messages to it. */
  readonly channelKey: string;
};
