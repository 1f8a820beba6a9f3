import { isHexString } from "ethers";

import { aggregateFrostSignature } from "./aggregateFrostSignature.js";
import { FrostChannel } from "./channel/FrostChannel.js";
import type { FrostCommitment } from "./FrostCommitment.js";
import { FrostError, type FrostFault } from "./FrostError.js";
import type { FrostGroup } from "./FrostGroup.js";
import type { FrostIdentity } from "./FrostIdentity.js";
import type { FrostMember } from "./FrostMember.js";
import type { FrostTransport } from "./FrostTransport.js";
import { digestBytes } from "./internal/digestBytes.js";
import { pointHex } from "./internal/pointHex.js";
import { readFields } from "./internal/readFields.js";
import { signingContext } from "./internal/signingContext.js";
import { readCommitment, signingRounds } from "./internal/signingRounds.js";
import type { Patience } from "./Patience.js";

/** What a coordinator needs. It holds no share and is trusted with nothing but to keep going. */
export type CoordinateFrostSigningOptions = {
  /** 32 bytes that all parties agree on and never use again, in hexadecimal. */
  readonly session: string;
  readonly transport: FrostTransport;
  /** A name that no member has, also where a member's process coordinates. */
  readonly self: FrostIdentity;
  readonly coordinator: FrostMember;
  /** All members of the group, in the group's order. */
  readonly members: readonly FrostMember[];
  readonly group: FrostGroup;
  /** 32 bytes. */
  readonly digest: string;
  readonly patience: Patience;
  /** How many quorums are tried at most; twice the number of members unless given. */
  readonly maxAttempts?: number;
};

/** Something a signer did that cost an attempt. */
export type FrostSigningFault = {
  readonly member: string;
  readonly fault: Extract<
    FrostFault,
    "FROST_BAD_MESSAGE" | "FROST_BAD_SIGNATURE_SHARE" | "FROST_MISSING_MESSAGE" | "FROST_OTHER_PARAMETERS"
  >;
  readonly attempt: number;
};

/** A group's signature and how it came about. */
export type FrostSigningResult = {
  /** 65 bytes: R compressed, then z. */
  readonly signature: string;
  readonly signers: readonly string[];
  /** Who held the signing up, and how; empty where the first quorum signed. */
  readonly faults: readonly FrostSigningFault[];
};

/**
 * Collects a signature from the first members that answer. A signer whose share is wrong is named and left out; the others
 * go on with another quorum. A signer that falls silent is asked again only where no quorum is left without it.
 *
 * @throws `FROST_NO_QUORUM` where too few are left, naming those at fault; `FROST_CHANNEL_KEY`, `FROST_LENGTH`
 * @example
 * import { coordinateFrostSigning, createFrostIdentity, createMemoryNetwork } from "@guildhall/sdk";
 * const coordinator = createFrostIdentity("coordinator");
 * const members = frost.parties.map(({ member }) => member);
 * const network = createMemoryNetwork(["coordinator", ...members.map(({ id }) => id)]);
 * const session = `0x${"01".repeat(32)}`;
 * const digest = `0x${"11".repeat(32)}`;
 * const patience = () => AbortSignal.timeout(10);
 * const nobodyJoins = coordinateFrostSigning({
 *   session,
 *   transport: network("coordinator"),
 *   self: coordinator.identity,
 *   coordinator: coordinator.member,
 *   members,
 *   group: frost.group,
 *   digest,
 *   patience,
 * });
 * await assert.rejects(nobodyJoins, { code: "FROST_NO_QUORUM" });
 */
export async function coordinateFrostSigning(options: CoordinateFrostSigningOptions): Promise<FrostSigningResult> {
  const { session, transport, self, coordinator, members, group, digest } = options;
  digestBytes(digest);
  const channel = new FrostChannel({
    transport,
    self,
    parties: [coordinator, ...members],
    session,
    context: signingContext({ group, digest, members, coordinator }),
    heeded: [],
  });
  const maxAttempts = options.maxAttempts ?? 2 * members.length;
  return channel.guard(async () => {
    const run = new Coordination(channel, options);
    for (let attempt = 1; attempt <= maxAttempts; attempt++) {
      const result = await run.attempt(attempt);
      if (result === undefined) continue;
      await channel.broadcast(signingRounds.result, JSON.stringify({ signature: result.signature }));
      return result;
    }
    throw run.noQuorum(0);
  });
}

class Coordination {
  readonly #channel: FrostChannel;
  readonly #options: CoordinateFrostSigningOptions;
  readonly #faults: FrostSigningFault[] = [];
  /** Signed something wrong: out for good. */
  readonly #excluded = new Set<string>();
  /** Committed and then did not deliver: asked last. */
  readonly #unreliable = new Set<string>();

  constructor(channel: FrostChannel, options: CoordinateFrostSigningOptions) {
    this.#channel = channel;
    this.#options = options;
  }

  /** Tries one quorum; `undefined` where another one must be tried. */
  async attempt(attempt: number): Promise<FrostSigningResult | undefined> {
    const commitments = await this.#collectCommitments(attempt);
    if (commitments === undefined) return undefined;
    const shares = await this.#collectShares(attempt, commitments);
    if (shares === undefined) return undefined;
    const { group, digest } = this.#options;
    try {
      const signature = aggregateFrostSignature({ group, commitments, digest, signatureShares: shares });
      return { signature, signers: commitments.map(({ member }) => member), faults: [...this.#faults] };
    } catch (error) {
      if (!(error instanceof FrostError) || error.code !== "FROST_BAD_SIGNATURE_SHARE") throw error;
      const { members } = (error as FrostError<"FROST_BAD_SIGNATURE_SHARE">).args;
      for (const member of members) this.#exclude(member, "FROST_BAD_SIGNATURE_SHARE", attempt);
      return undefined;
    }
  }

  noQuorum(available: number): FrostError<"FROST_NO_QUORUM"> {
    const { threshold } = this.#options.group;
    const members = [...new Set(this.#faults.map(({ member }) => member))];
    return new FrostError("FROST_NO_QUORUM", { threshold, available, members });
  }

  async #collectCommitments(attempt: number): Promise<readonly FrostCommitment[] | undefined> {
    const { group, patience } = this.#options;
    const asked = this.#candidates();
    if (asked.length < group.threshold) throw this.noQuorum(asked.length);
    await this.#channel.broadcast(signingRounds.request(attempt), JSON.stringify({ asked }));
    const round = signingRounds.commitment(attempt);
    const messages = await this.#channel.collectSome(round, asked, group.threshold, patience());
    const commitments: FrostCommitment[] = [];
    for (const [member, envelope] of messages) {
      const commitment = readCommitment(envelope);
      if (commitment !== undefined && pointHex(commitment.hiding) && pointHex(commitment.binding)) {
        commitments.push(commitment);
      } else {
        this.#exclude(member, "FROST_BAD_MESSAGE", attempt);
      }
    }
    if (messages.size < group.threshold) {
      for (const member of asked) if (!messages.has(member)) this.#delay(member, attempt);
      // Everyone who could answer was asked: nobody is left to make up the number.
      if (asked.length === this.#willing().length) throw this.noQuorum(commitments.length);
    }
    return commitments.length < group.threshold ? undefined : commitments;
  }

  async #collectShares(
    attempt: number,
    commitments: readonly FrostCommitment[],
  ): Promise<ReadonlyMap<string, string> | undefined> {
    const { patience } = this.#options;
    const signers = commitments.map(({ member }) => member);
    await this.#channel.broadcast(signingRounds.commitments(attempt), JSON.stringify({ commitments }));
    const round = signingRounds.share(attempt);
    const messages = await this.#channel.collectSome(round, signers, signers.length, patience());
    const shares = new Map<string, string>();
    for (const member of signers) {
      const envelope = messages.get(member);
      const { signatureShare, lost } = envelope === undefined ? { lost: true } : readFields(envelope.body);
      if (isHexString(signatureShare, 32)) shares.set(member, signatureShare);
      else if (lost === true) this.#delay(member, attempt);
      else this.#exclude(member, "FROST_BAD_MESSAGE", attempt);
    }
    return shares.size === signers.length ? shares : undefined;
  }

  /** Whom to ask: the reliable ones where they are enough. */
  #candidates(): readonly string[] {
    const willing = this.#willing();
    const reliable = willing.filter((id) => !this.#unreliable.has(id));
    return reliable.length >= this.#options.group.threshold ? reliable : willing;
  }

  #willing(): readonly string[] {
    return this.#options.group.members.filter((id) => !this.#excluded.has(id));
  }

  #exclude(member: string, fault: FrostSigningFault["fault"], attempt: number): void {
    this.#excluded.add(member);
    this.#faults.push({ member, fault, attempt });
  }

  #delay(member: string, attempt: number): void {
    this.#unreliable.add(member);
    const fault = this.#channel.isStranger(member) ? "FROST_OTHER_PARAMETERS" : "FROST_MISSING_MESSAGE";
    this.#faults.push({ member, fault, attempt });
  }
}
