import type { DKG_Round1, DKG_Secret, Key } from "@noble/curves/abstract/frost.js";
import { AbiCoder, hexlify, isHexString, keccak256 } from "ethers";

import type { Envelope } from "./channel/Envelope.js";
import { fault, FrostChannel } from "./channel/FrostChannel.js";
import type { FrostIdentity } from "./FrostIdentity.js";
import type { FrostMember } from "./FrostMember.js";
import { FrostShare } from "./FrostShare.js";
import type { FrostTransport } from "./FrostTransport.js";
import { isUsableGroupKey } from "./isUsableGroupKey.js";
import type { Patience } from "./Patience.js";
import { bytesOf } from "./internal/bytesOf.js";
import { confirmGroup } from "./internal/confirmGroup.js";
import { echo } from "./internal/echo.js";
import { findBadProof } from "./internal/findBadProof.js";
import { identifierOf } from "./internal/identifierOf.js";
import { pointHex } from "./internal/pointHex.js";
import { readFields } from "./internal/readFields.js";
import { requireThreshold } from "./internal/requireThreshold.js";
import { suite } from "./internal/suite.js";
import { toFrostGroup } from "./internal/toFrostGroup.js";
import { untilUsable } from "./internal/untilUsable.js";

/** What a member needs to take part in a key generation. */
export type GenerateFrostShareOptions = {
  /** 32 bytes that all members agree on and never use again, in hexadecimal. */
  readonly session: string;
  readonly transport: FrostTransport;
  readonly self: FrostIdentity;
  /** All members, in the same order for all. */
  readonly members: readonly FrostMember[];
  /** 2 to the number of members. */
  readonly threshold: number;
  readonly patience: Patience;
  /**
   * Stores the share durably. Called before the others are told that this member has it, so that a key is never in use
   * while somebody's share is lost.
   */
  readonly keep?: (share: FrostShare) => Promise<void>;
};

/**
 * Takes part in a distributed key generation: afterwards each member holds its own share, and nobody ever held the key.
 *
 * All members call it at the same time. It ends when every member has confirmed the same group; should the group key not be
 * one that a registry takes (its x must be below the group order), the members generate another one.
 *
 * @throws `FROST_BAD_PROOF`, `FROST_BAD_SHARE`, `FROST_MISSING_MESSAGE`, `FROST_EQUIVOCATION`, `FROST_BAD_ECHO`,
 * `FROST_BAD_MESSAGE`, `FROST_BAD_CONFIRMATION`, `FROST_OTHER_PARAMETERS`: `args.members` are at fault.
 * `FROST_ABORTED`: another member found a fault. `FROST_THRESHOLD`, `FROST_DUPLICATE_MEMBER`, `FROST_CHANNEL_KEY`,
 * `FROST_UNKNOWN_MEMBER`: the options are wrong.
 * @example
 * import { createFrostIdentity, createMemoryNetwork, generateFrostShare } from "@guildhall/sdk";
 * const made = ["a", "b", "c"].map((id) => createFrostIdentity(id));
 * const network = createMemoryNetwork(["a", "b", "c"]);
 * const shares = await Promise.all(
 *   made.map(({ identity }) =>
 *     generateFrostShare({
 *       session: "0x" + "01".repeat(32),
 *       transport: network(identity.id),
 *       self: identity,
 *       members: made.map(({ member }) => member),
 *       threshold: 2,
 *       patience: () => AbortSignal.timeout(10_000),
 *     }),
 *   ),
 * );
 * assert.equal(shares[0]?.group.groupKey, shares[2]?.group.groupKey);
 */
export async function generateFrostShare(options: GenerateFrostShareOptions): Promise<FrostShare> {
  const members = options.members.map(({ id }) => id);
  requireThreshold(members, options.threshold);
  const channel = new FrostChannel({
    transport: options.transport,
    self: options.self,
    parties: options.members,
    session: options.session,
    context: contextOf(options),
    heeded: members,
  });
  return channel.guard(async () => {
    const share = await untilUsable(
      (attempt) => generateOnce(channel, members, options, `key generation ${attempt}`),
      (candidate) => isUsableGroupKey(candidate.group.groupKey),
    );
    await options.keep?.(share);
    const round = "key generation: confirmation";
    await confirmGroup({ channel, round, group: share.group, confirmers: members, signal: options.patience() });
    return share;
  });
}

async function generateOnce(
  channel: FrostChannel,
  members: readonly string[],
  { threshold, patience }: GenerateFrostShareOptions,
  run: string,
): Promise<FrostShare> {
  const identifier = identifierOf(members, channel.self);
  const signers = { min: threshold, max: members.length };
  const others = members.filter((id) => id !== channel.self);
  const { public: own, secret } = suite.DKG.round1(identifier, signers);
  try {
    const round1 = `${run}, commitments`;
    const sent = await channel.broadcast(round1, writePackage(own));
    const received = await channel.collect(round1, others, patience());
    const packages = [...received.values()].map((envelope) => readPackage(envelope, members, threshold));
    const shares = sharesFor(secret, packages, members, received);

    // No share leaves before all are known to have the same commitments.
    const messages = new Map([[channel.self, sent], ...received]);
    await echo({ channel, round: `${run}, echo`, of: round1, messages, echoers: members, signal: patience() });

    const round2 = `${run}, shares`;
    for (const other of others) {
      const share = shares[identifierOf(members, other)];
      if (share !== undefined) await channel.sendSecret(round2, other, share.signingShare);
    }
    const incoming = await openShares(channel, await channel.collect(round2, others, patience()), members);
    const key = combineShares(secret, packages, incoming, members, round2);
    wipe(incoming);
    wipe(Object.values(shares));
    const share = new FrostShare(channel.self, toFrostGroup(key.public, members), key.secret.signingShare);
    key.secret.signingShare.fill(0);
    return share;
  } finally {
    suite.DKG.clean(secret);
  }
}

/** This member's shares for the others; throws naming those whose proof of knowledge is wrong. */
function sharesFor(
  secret: DKG_Secret,
  packages: DKG_Round1[],
  members: readonly string[],
  received: ReadonlyMap<string, Envelope>,
): Record<string, { readonly signingShare: Uint8Array }> {
  try {
    return suite.DKG.round2(secret, packages);
  } catch (error) {
    const guilty = findBadProof(secret, packages).map((identifier) => memberOf(members, identifier));
    const round = [...received.values()][0]?.round ?? "";
    if (guilty.length === 0) throw error;
    throw fault("FROST_BAD_PROOF", guilty, round);
  }
}

type IncomingShare = { readonly identifier: string; readonly signingShare: Uint8Array };

async function openShares(
  channel: FrostChannel,
  envelopes: ReadonlyMap<string, Envelope>,
  members: readonly string[],
): Promise<IncomingShare[]> {
  const shares: IncomingShare[] = [];
  for (const [sender, envelope] of envelopes) {
    shares.push({ identifier: identifierOf(members, sender), signingShare: await channel.openSecret(envelope) });
  }
  return shares;
}

/** Adds the shares up; throws naming those whose share does not fit their commitment. */
function combineShares(
  secret: DKG_Secret,
  packages: DKG_Round1[],
  incoming: IncomingShare[],
  members: readonly string[],
  round: string,
): Key {
  const { signers } = secret;
  const identifier = suite.Identifier.fromNumber(Number(secret.identifier));
  try {
    return suite.DKG.round3(secret, packages, incoming);
  } catch (error) {
    const guilty = incoming.filter((share) => {
      const commitments = packages.find((candidate) => candidate.identifier === share.identifier)?.commitment ?? [];
      try {
        suite.validateSecret(
          { identifier, signingShare: share.signingShare },
          { signers, commitments, verifyingShares: {} },
        );
        return false;
      } catch {
        return true;
      }
    });
    wipe(incoming);
    if (guilty.length === 0) throw error;
    throw fault(
      "FROST_BAD_SHARE",
      guilty.map((share) => memberOf(members, share.identifier)),
      round,
    );
  }
}

function writePackage({ commitment, proofOfKnowledge }: DKG_Round1): string {
  return JSON.stringify({
    commitments: commitment.map((point) => hexlify(point)),
    proof: hexlify(proofOfKnowledge),
  });
}

function readPackage({ from, round, body }: Envelope, members: readonly string[], threshold: number): DKG_Round1 {
  const malformed = fault("FROST_BAD_MESSAGE", [from], round);
  const { commitments, proof } = readFields(body);
  if (!Array.isArray(commitments) || commitments.length !== threshold || !isHexString(proof, 65)) throw malformed;
  const commitment = commitments.map((value) => {
    const point = pointHex(value);
    if (point === undefined) throw malformed;
    return bytesOf(point);
  });
  return { identifier: identifierOf(members, from), commitment, proofOfKnowledge: bytesOf(proof) };
}

function memberOf(members: readonly string[], identifier: string): string {
  return members.find((member) => identifierOf(members, member) === identifier) ?? identifier;
}

function wipe(shares: readonly { readonly signingShare: Uint8Array }[]): void {
  for (const { signingShare } of shares) signingShare.fill(0);
}

function contextOf({ members, threshold }: GenerateFrostShareOptions): string {
  const encoded = AbiCoder.defaultAbiCoder().encode(
    ["string", "uint256", "string[]", "bytes[]"],
    ["guildhall-frost/1 key generation", threshold, members.map(({ id }) => id), members.map((m) => m.channelKey)],
  );
  return keccak256(encoded);
}
