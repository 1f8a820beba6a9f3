import type { Envelope } from "./channel/Envelope.js";
import { fault, FrostChannel } from "./channel/FrostChannel.js";
import { commitFrostNonce } from "./commitFrostNonce.js";
import { createFrostSignatureShare } from "./createFrostSignatureShare.js";
import { FrostError } from "./FrostError.js";
import type { FrostIdentity } from "./FrostIdentity.js";
import type { FrostMember } from "./FrostMember.js";
import type { FrostNonce } from "./FrostNonce.js";
import type { FrostShare } from "./FrostShare.js";
import type { FrostTransport } from "./FrostTransport.js";
import { digestBytes } from "./internal/digestBytes.js";
import { readFields } from "./internal/readFields.js";
import { signingContext } from "./internal/signingContext.js";
import { attemptOf, readCommitments, signingRounds } from "./internal/signingRounds.js";
import type { NonceStore } from "./NonceStore.js";
import type { Patience } from "./Patience.js";
import { verifyFrostSignature } from "./verifyFrostSignature.js";

/** What a member needs to take part in signing. */
export type JoinFrostSigningOptions = {
  /** 32 bytes that all parties agree on and never use again, in hexadecimal. */
  readonly session: string;
  readonly transport: FrostTransport;
  readonly self: FrostIdentity;
  /** All members of the group, in the group's order. */
  readonly members: readonly FrostMember[];
  readonly coordinator: FrostMember;
  readonly share: FrostShare;
  /** 32 bytes. Only this digest is signed; check what it stands for before joining. */
  readonly digest: string;
  readonly store: NonceStore;
  /** Must outlast the coordinator's patience for one whole attempt. */
  readonly patience: Patience;
};

/**
 * Takes part in signing until the coordinator has the signature.
 *
 * A member that crashed joins the same session again: what it had committed to is lost, says so, and is asked anew.
 *
 * @returns The group's signature, verified: 65 bytes, R compressed and z.
 * @throws `FROST_MISSING_MESSAGE` where the coordinator falls silent, `FROST_ABORTED` where it gave up,
 * `FROST_OTHER_PARAMETERS` where it asks for another digest or group, `FROST_EQUIVOCATION`, `FROST_BAD_MESSAGE`;
 * `FROST_SHARE_DESTROYED`, `FROST_CHANNEL_KEY`, `FROST_LENGTH`
 * @example
 * import {
 *   coordinateFrostSigning,
 *   createFrostIdentity,
 *   createMemoryNetwork,
 *   createMemoryNonceStore,
 *   joinFrostSigning,
 * } from "@guildhall/sdk";
 * const coordinator = createFrostIdentity("coordinator");
 * const members = frost.parties.map(({ member }) => member);
 * const network = createMemoryNetwork(["coordinator", ...members.map(({ id }) => id)]);
 * const session = `0x${"01".repeat(32)}`;
 * const digest = `0x${"11".repeat(32)}`;
 * const patience = () => AbortSignal.timeout(10_000);
 * const joining = frost.parties.map(({ identity }, index) =>
 *   joinFrostSigning({
 *     session,
 *     transport: network(identity.id),
 *     self: identity,
 *     members,
 *     coordinator: coordinator.member,
 *     share: frost.shares[index]!,
 *     digest,
 *     store: createMemoryNonceStore(),
 *     patience,
 *   }),
 * );
 * const { signature } = await coordinateFrostSigning({
 *   session,
 *   transport: network("coordinator"),
 *   self: coordinator.identity,
 *   coordinator: coordinator.member,
 *   members,
 *   group: frost.group,
 *   digest,
 *   patience,
 * });
 * assert.deepEqual(await Promise.all(joining), [signature, signature, signature]);
 */
export async function joinFrostSigning(options: JoinFrostSigningOptions): Promise<string> {
  const { session, transport, self, members, coordinator, share, digest, patience } = options;
  digestBytes(digest);
  const channel = new FrostChannel({
    transport,
    self,
    parties: [coordinator, ...members],
    session,
    context: signingContext({ group: share.group, digest, members, coordinator }),
    heeded: [coordinator.id],
  });
  const signer = new Signer(channel, options);
  try {
    for (;;) {
      const message = await channel.nextFrom(coordinator.id, patience());
      if (message === undefined) throw fault("FROST_MISSING_MESSAGE", [coordinator.id], "signing");
      const signature = await signer.answer(message);
      if (signature !== undefined) return signature;
    }
  } finally {
    await signer.discard();
  }
}

class Signer {
  readonly #channel: FrostChannel;
  readonly #options: JoinFrostSigningOptions;
  #nonce: FrostNonce | undefined;
  #attempt = 0;

  constructor(channel: FrostChannel, options: JoinFrostSigningOptions) {
    this.#channel = channel;
    this.#options = options;
  }

  /** Does what the coordinator asks; the signature, once it is there. */
  async answer(message: Envelope): Promise<string | undefined> {
    const { kind, attempt } = attemptOf(message);
    if (kind === "request") await this.#commit(attempt);
    if (kind === "commitments") await this.#sign(message, attempt);
    return kind === signingRounds.result ? this.#accept(message) : undefined;
  }

  /** Gives up a nonce that was not needed. */
  async discard(): Promise<void> {
    const nonce = this.#nonce;
    this.#nonce = undefined;
    if (nonce === undefined) return;
    nonce.destroy();
    await this.#options.store.spend(nonce.id);
  }

  async #commit(attempt: number): Promise<void> {
    await this.discard();
    const nonce = await commitFrostNonce(this.#options);
    this.#nonce = nonce;
    this.#attempt = attempt;
    const { hiding, binding } = nonce.commitment;
    const round = signingRounds.commitment(attempt);
    await this.#channel.send(round, this.#options.coordinator.id, JSON.stringify({ hiding, binding }));
  }

  async #sign(message: Envelope, attempt: number): Promise<void> {
    const { coordinator, share, digest, store } = this.#options;
    const commitments = readCommitments(message);
    if (commitments === undefined) throw fault("FROST_BAD_MESSAGE", [coordinator.id], message.round);
    const own = commitments.find(({ member }) => member === share.member);
    if (own === undefined) return;
    const nonce = this.#nonce;
    const round = signingRounds.share(attempt);
    if (nonce === undefined || this.#attempt !== attempt || own.hiding !== nonce.commitment.hiding) {
      await this.#channel.send(round, coordinator.id, JSON.stringify({ lost: true }));
      return;
    }
    this.#nonce = undefined;
    const signatureShare = await createFrostSignatureShare({ share, nonce, commitments, digest, store });
    await this.#channel.send(round, coordinator.id, JSON.stringify({ signatureShare }));
  }

  #accept(message: Envelope): string {
    const { share, digest, coordinator } = this.#options;
    const { signature } = readFields(message.body);
    const { groupKey } = share.group;
    if (typeof signature !== "string" || !verifyFrostSignature({ groupKey, digest, signature })) {
      throw new FrostError("FROST_BAD_MESSAGE", { members: [coordinator.id], round: message.round });
    }
    return signature;
  }
}
