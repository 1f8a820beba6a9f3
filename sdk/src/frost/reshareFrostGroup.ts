import { AbiCoder, getBytes, hexlify, keccak256 } from "ethers";

import type { Envelope } from "./channel/Envelope.js";
import { fault, FrostChannel } from "./channel/FrostChannel.js";
import { FrostError } from "./FrostError.js";
import type { FrostGroup } from "./FrostGroup.js";
import type { FrostIdentity } from "./FrostIdentity.js";
import type { FrostMember } from "./FrostMember.js";
import { FrostShare } from "./FrostShare.js";
import type { FrostTransport } from "./FrostTransport.js";
import { combineDealings } from "./internal/combineDealings.js";
import { confirmGroup } from "./internal/confirmGroup.js";
import { digestOfGroup } from "./internal/digestOfGroup.js";
import { echo } from "./internal/echo.js";
import { identifierOf } from "./internal/identifierOf.js";
import { pointHex } from "./internal/pointHex.js";
import { readFields } from "./internal/readFields.js";
import { requireThreshold } from "./internal/requireThreshold.js";
import { suite } from "./internal/suite.js";
import { parseFrostGroup } from "./parseFrostGroup.js";
import type { Patience } from "./Patience.js";

/** What a party needs to take part in resharing, as a dealer (old member), as a new member, or as both. */
export type ReshareFrostGroupOptions = {
  /** 32 bytes that all parties agree on and never use again, in hexadecimal. */
  readonly session: string;
  readonly transport: FrostTransport;
  readonly self: FrostIdentity;
  /** The old group. Compare its `groupKey` with the registered one before. */
  readonly from: FrostGroup;
  /** Old members that hand their share on: at least the old threshold. A party that is also a new member has the same id. */
  readonly dealers: readonly FrostMember[];
  /** The new members, in the new group's order. */
  readonly members: readonly FrostMember[];
  /** The new threshold, 2 to the number of new members. */
  readonly threshold: number;
  /** This party's share of the old group, where it deals. */
  readonly share?: FrostShare;
  readonly patience: Patience;
  /** Stores the new share durably. Called before the others are told that this member has it. */
  readonly keep?: (share: FrostShare) => Promise<void>;
};

/** The outcome of a resharing: the new group, and this party's share where it is a new member. */
export type ReshareFrostGroupResult = {
  readonly group: FrostGroup;
  readonly share: FrostShare | undefined;
};

/**
 * Hands a group key on to new members, without anyone ever holding the key. The key stays the same; shares of the old group
 * do not combine with shares of the new one.
 *
 * All dealers and new members call it at the same time. It ends when every new member has confirmed the new group. Only
 * then destroy the old shares, all of them: as long as a quorum of the old group keeps theirs, it can still sign for the key.
 *
 * @throws as {@link generateFrostShare}; further `FROST_FORMAT` for an old group that does not hang together, `FROST_NOT_ENOUGH_DEALERS`, and `FROST_UNKNOWN_MEMBER` for a dealer that is
 * no old member or has no share
 * @example
 * import { createMemoryNetwork, reshareFrostGroup } from "@guildhall/sdk";
 * const members = frost.parties.map(({ member }) => member);
 * const network = createMemoryNetwork(members.map(({ id }) => id));
 * const results = await Promise.all(
 *   frost.parties.map(({ identity }, index) =>
 *     reshareFrostGroup({
 *       session: `0x${"02".repeat(32)}`,
 *       transport: network(identity.id),
 *       self: identity,
 *       from: frost.group,
 *       dealers: members,
 *       members,
 *       threshold: 3,
 *       share: frost.shares[index]!,
 *       patience: () => AbortSignal.timeout(10_000),
 *     }),
 *   ),
 * );
 * assert.equal(results[0]!.group.groupKey, frost.group.groupKey);
 * assert.equal(results[0]!.group.threshold, 3);
 */
export async function reshareFrostGroup(options: ReshareFrostGroupOptions): Promise<ReshareFrostGroupResult> {
  const { transport, self, session, threshold, patience } = options;
  // Checked as if it came from a stranger: a group key that its verifying shares do not make would be handed on as the key.
  const from = parseFrostGroup(options.from);
  const members = options.members.map(({ id }) => id);
  const dealers = options.dealers.map(({ id }) => id);
  requireThreshold(members, threshold);
  requireDealers(options, dealers);
  const parties = partiesOf(options);
  const everyone = parties.map(({ id }) => id);
  const channel = new FrostChannel({
    transport,
    self,
    parties,
    session,
    context: contextOf(options),
    heeded: everyone,
  });
  const isDealer = dealers.includes(channel.self);

  return channel.guard(async () => {
    const dealing = isDealer ? deal(options, members) : undefined;
    try {
      const round1 = "resharing, commitments";
      const messages = new Map<string, Envelope>();
      if (dealing !== undefined) {
        messages.set(
          channel.self,
          await channel.broadcast(round1, JSON.stringify({ commitments: dealing.commitments })),
        );
      }
      const others = dealers.filter((id) => id !== channel.self);
      for (const [id, envelope] of await channel.collect(round1, others, patience())) messages.set(id, envelope);
      const dealings = dealers.map((dealer) => readDealing(messages, dealer, from, threshold));
      await echo({ channel, round: "resharing, echo", of: round1, messages, echoers: everyone, signal: patience() });

      const group = combineDealings({ from, dealers, dealings, members });
      const round2 = "resharing, shares";
      for (const member of dealing === undefined ? [] : members) {
        if (member !== channel.self) await channel.sendSecret(round2, member, shareFor(dealing, member));
      }
      const share = members.includes(channel.self)
        ? await receiveShare({ channel, round: round2, options, dealings, group, own: dealing })
        : undefined;
      if (share !== undefined) await options.keep?.(share);
      const round3 = "resharing, confirmation";
      await confirmGroup({ channel, round: round3, group, confirmers: members, signal: patience() });
      return { group, share };
    } finally {
      for (const secret of dealing?.shares.values() ?? []) secret.fill(0);
    }
  });
}

/** A dealer's polynomial through its own share: commitments for all, a secret for each new member. */
type Dealing = {
  readonly commitments: readonly string[];
  readonly shares: ReadonlyMap<string, Uint8Array>;
};

function deal({ share, threshold, from, self }: ReshareFrostGroupOptions, members: readonly string[]): Dealing {
  if (share === undefined) throw new FrostError("FROST_UNKNOWN_MEMBER", { member: self.id });
  if (share.member !== self.id || share.group.groupKey !== from.groupKey) {
    throw new FrostError("FROST_SHARE_MISMATCH", { member: self.id });
  }
  const identifiers = members.map((member) => identifierOf(members, member));
  const { public: pub, secretShares } = share.use(({ signingShare }) =>
    suite.trustedDealer({ min: threshold, max: members.length }, identifiers, signingShare),
  );
  const shares = new Map<string, Uint8Array>();
  for (const member of members) {
    const dealt = secretShares[identifierOf(members, member)];
    if (dealt !== undefined) shares.set(member, dealt.signingShare);
  }
  return { commitments: pub.commitments.map((point) => hexlify(point)), shares };
}

function shareFor(dealing: Dealing | undefined, member: string): Uint8Array {
  const secret = dealing?.shares.get(member);
  if (secret === undefined) throw new FrostError("FROST_UNKNOWN_MEMBER", { member });
  return secret;
}

/** A dealer's commitments, which must begin with the dealer's own verifying share. */
function readDealing(
  messages: ReadonlyMap<string, Envelope>,
  dealer: string,
  from: FrostGroup,
  threshold: number,
): readonly string[] {
  const envelope = messages.get(dealer);
  const round = envelope?.round ?? "";
  const { commitments } = readFields(envelope?.body ?? "");
  if (!Array.isArray(commitments) || commitments.length !== threshold) {
    throw fault("FROST_BAD_MESSAGE", [dealer], round);
  }
  const points = commitments.map((value) => {
    const point = pointHex(value);
    if (point === undefined) throw fault("FROST_BAD_MESSAGE", [dealer], round);
    return point;
  });
  if (points[0] !== from.verifyingShares[from.members.indexOf(dealer)]) throw fault("FROST_BAD_PROOF", [dealer], round);
  return points;
}

type ReceiveShareOptions = {
  readonly channel: FrostChannel;
  readonly round: string;
  readonly options: ReshareFrostGroupOptions;
  readonly dealings: readonly (readonly string[])[];
  readonly group: FrostGroup;
  readonly own: Dealing | undefined;
};

/** Checks each dealer's share against its commitments and combines them; the library interpolates at the dealers' places. */
async function receiveShare({
  channel,
  round,
  options,
  dealings,
  group,
  own,
}: ReceiveShareOptions): Promise<FrostShare> {
  const { from, patience } = options;
  const dealers = options.dealers.map(({ id }) => id);
  const self = identifierOf(group.members, channel.self);
  const signers = { min: group.threshold, max: group.members.length };
  const messages = await channel.collect(
    round,
    dealers.filter((id) => id !== channel.self),
    patience(),
  );
  const parts: { identifier: string; signingShare: Uint8Array }[] = [];
  try {
    for (const [index, dealer] of dealers.entries()) {
      const envelope = messages.get(dealer);
      const signingShare =
        envelope === undefined ? Uint8Array.from(shareFor(own, channel.self)) : await channel.openSecret(envelope);
      parts.push({ identifier: identifierOf(from.members, dealer), signingShare });
      const commitments = (dealings[index] ?? []).map((point) => getBytes(point));
      try {
        suite.validateSecret({ identifier: self, signingShare }, { signers, commitments, verifyingShares: {} });
      } catch {
        throw fault("FROST_BAD_SHARE", [dealer], round);
      }
    }
    const secret = suite.combineSecret(parts, { min: from.threshold, max: from.members.length });
    try {
      return new FrostShare(channel.self, group, secret);
    } finally {
      secret.fill(0);
    }
  } finally {
    for (const { signingShare } of parts) signingShare.fill(0);
  }
}

function requireDealers({ from, share, self }: ReshareFrostGroupOptions, dealers: readonly string[]): void {
  const unknown = dealers.find((dealer) => !from.members.includes(dealer));
  if (unknown !== undefined) throw new FrostError("FROST_UNKNOWN_MEMBER", { member: unknown });
  const repeated = dealers.find((dealer, index) => dealers.indexOf(dealer) !== index);
  if (repeated !== undefined) throw new FrostError("FROST_DUPLICATE_MEMBER", { member: repeated });
  if (dealers.length < from.threshold) {
    throw new FrostError("FROST_NOT_ENOUGH_DEALERS", { threshold: from.threshold, dealers: dealers.length });
  }
  if (share === undefined && dealers.includes(self.id)) {
    throw new FrostError("FROST_UNKNOWN_MEMBER", { member: self.id });
  }
}

/** Dealers and new members, each once. */
function partiesOf({ dealers, members }: ReshareFrostGroupOptions): readonly FrostMember[] {
  const parties = new Map<string, FrostMember>();
  for (const party of [...dealers, ...members]) {
    const known = parties.get(party.id);
    if (known !== undefined && known.channelKey !== party.channelKey) {
      throw new FrostError("FROST_CHANNEL_KEY", { member: party.id });
    }
    parties.set(party.id, party);
  }
  return [...parties.values()];
}

function contextOf({ from, dealers, members, threshold }: ReshareFrostGroupOptions): string {
  const encoded = AbiCoder.defaultAbiCoder().encode(
    ["string", "bytes32", "uint256", "string[]", "bytes[]", "string[]", "bytes[]"],
    [
      "guildhall-frost/1 resharing",
      digestOfGroup(from),
      threshold,
      dealers.map(({ id }) => id),
      dealers.map(({ channelKey }) => channelKey),
      members.map(({ id }) => id),
      members.map(({ channelKey }) => channelKey),
    ],
  );
  return keccak256(encoded);
}
