import { secp256k1 } from "@noble/curves/secp256k1.js";
import { getBytes, hexlify } from "ethers";

import { FrostError, type FrostFault } from "../FrostError.js";
import type { FrostIdentity } from "../FrostIdentity.js";
import type { FrostMember } from "../FrostMember.js";
import type { FrostTransport } from "../FrostTransport.js";
import { readFields } from "../internal/readFields.js";
import { EVERYONE, type Envelope } from "./Envelope.js";
import { digestOfBody, envelopeDigest } from "./envelopeDigest.js";
import { readEnvelope } from "./readEnvelope.js";
import { openSecret, sealSecret } from "./sealSecret.js";

const ABORT = "abort";
const RAW = { prehash: false } as const;

export type FrostChannelOptions = {
  readonly transport: FrostTransport;
  readonly self: FrostIdentity;
  /** Everyone in the run, this party included. */
  readonly parties: readonly FrostMember[];
  readonly session: string;
  readonly context: string;
  /**
   * Whose faults and aborts end the run. Of the others the first message for a round counts, and what does not belong to
   * this run is passed over: a coordinator must not be stopped by one signer.
   */
  readonly heeded: readonly string[];
};

/**
 * Signed and sealed messages of one run over a transport that is trusted with nothing.
 *
 * What is not signed by a party of the run is dropped: nobody can be blamed for it. Everything that is signed can be
 * blamed on its sender.
 */
export class FrostChannel {
  readonly self: string;
  readonly #transport: FrostTransport;
  readonly #secretKey: Uint8Array;
  readonly #keys: ReadonlyMap<string, Uint8Array>;
  readonly #session: string;
  readonly #context: string;
  readonly #heeded: ReadonlySet<string>;
  readonly #received = new Map<string, Envelope>();
  readonly #unread: Envelope[] = [];
  readonly #strangers = new Set<string>();

  constructor({ transport, self, parties, session, context, heeded }: FrostChannelOptions) {
    this.#keys = keysOf(parties);
    const own = this.#keys.get(self.id);
    if (own === undefined) throw new FrostError("FROST_UNKNOWN_MEMBER", { member: self.id });
    if (hexlify(secp256k1.getPublicKey(self.secretKey)) !== hexlify(own)) {
      throw new FrostError("FROST_CHANNEL_KEY", { member: self.id });
    }
    this.self = self.id;
    this.#transport = transport;
    this.#secretKey = self.secretKey;
    this.#session = session;
    this.#context = context;
    this.#heeded = new Set(heeded);
  }

  /** Signs a message to everyone. Returns it, as the others will have it. */
  async broadcast(round: string, body: string): Promise<Envelope> {
    const envelope = this.#sign(round, EVERYONE, body);
    await this.#transport.broadcast(JSON.stringify(envelope));
    return envelope;
  }

  async send(round: string, to: string, body: string): Promise<void> {
    await this.#transport.send(to, JSON.stringify(this.#sign(round, to, body)));
  }

  /** Sends bytes that only the receiver can read. */
  async sendSecret(round: string, to: string, secret: Uint8Array): Promise<void> {
    const header = this.#header(round, this.self, to);
    await this.send(round, to, await sealSecret(secret, hexlify(this.#keyOf(to)), header));
  }

  /** Opens what {@link sendSecret} sent; blames the sender where it was not sealed to this party. */
  async openSecret(envelope: Envelope): Promise<Uint8Array> {
    const header = this.#header(envelope.round, envelope.from, envelope.to);
    const secret = await openSecret(envelope.body, this.#secretKey, header);
    if (secret === undefined) throw fault("FROST_BAD_MESSAGE", [envelope.from], envelope.round);
    return secret;
  }

  /** Whether `author` signed a message with this digest for everyone in that round; for accusations by third parties. */
  isSignedBy(author: string, round: string, bodyDigest: string, signature: string): boolean {
    const header = { session: this.#session, context: this.#context, round, from: author, to: EVERYONE };
    return verifies(signature, envelopeDigest(header, bodyDigest), this.#keyOf(author));
  }

  /** The messages of a round from each of the senders; throws naming those from whom none came in time. */
  async collect(round: string, from: readonly string[], signal: AbortSignal): Promise<Map<string, Envelope>> {
    const messages = await this.collectSome(round, from, from.length, signal);
    const missing = from.filter((id) => !messages.has(id));
    if (missing.length > 0) throw fault("FROST_MISSING_MESSAGE", missing, round);
    return messages;
  }

  /** As {@link collect}, but content with `enough` senders, and with fewer once the signal has fired. */
  async collectSome(
    round: string,
    from: readonly string[],
    enough: number,
    signal: AbortSignal,
  ): Promise<Map<string, Envelope>> {
    const found = new Map<string, Envelope>();
    const look = (): void => {
      for (const id of from) {
        const envelope = this.#received.get(keyOf(round, id));
        if (envelope !== undefined && found.size < enough) found.set(id, envelope);
      }
    };
    look();
    while (found.size < enough && (await this.#next(signal))) look();
    return found;
  }

  /** The next message of the sender, whatever its round; `undefined` once the signal has fired. */
  async nextFrom(sender: string, signal: AbortSignal): Promise<Envelope | undefined> {
    for (;;) {
      const index = this.#unread.findIndex(({ from }) => from === sender);
      if (index >= 0) return this.#unread.splice(index, 1)[0];
      if (!(await this.#next(signal))) return undefined;
    }
  }

  /** Whether the party was seen to run this session with other parameters. */
  isStranger(party: string): boolean {
    return this.#strangers.has(party);
  }

  /** Runs a protocol; where it finds a fault, the others are told, so that they need not wait and blame this party. */
  async guard<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (isFault(error)) {
        const body = JSON.stringify({ fault: error.code, members: error.args.members });
        // The fault found is what the caller must see, whether or not the others can still be told.
        await this.broadcast(ABORT, body).catch(() => undefined);
      }
      throw error;
    }
  }

  async #next(signal: AbortSignal): Promise<boolean> {
    const text = await this.#transport.receive(signal);
    if (text === undefined) return false;
    const envelope = readEnvelope(text);
    if (envelope === undefined || envelope.session !== this.#session) return true;
    if (envelope.to !== EVERYONE && envelope.to !== this.self) return true;
    if (envelope.from === this.self || !this.#isAuthentic(envelope)) return true;
    if (envelope.context !== this.#context) {
      if (this.#heeded.has(envelope.from)) throw fault("FROST_OTHER_PARAMETERS", [envelope.from], envelope.round);
      this.#strangers.add(envelope.from);
    } else if (envelope.round !== ABORT) {
      this.#keep(envelope);
    } else if (this.#heeded.has(envelope.from)) {
      throw aborted(envelope);
    }
    return true;
  }

  #keep(envelope: Envelope): void {
    const key = keyOf(envelope.round, envelope.from);
    const earlier = this.#received.get(key);
    if (earlier === undefined) {
      this.#received.set(key, envelope);
      this.#unread.push(envelope);
    } else if (this.#heeded.has(envelope.from) && (earlier.body !== envelope.body || earlier.to !== envelope.to)) {
      throw fault("FROST_EQUIVOCATION", [envelope.from], envelope.round);
    }
  }

  #isAuthentic(envelope: Envelope): boolean {
    const key = this.#keys.get(envelope.from);
    if (key === undefined) return false;
    const digest = envelopeDigest(envelope, digestOfBody(envelope.body));
    return verifies(envelope.signature, digest, key);
  }

  #sign(round: string, to: string, body: string): Envelope {
    const header = { session: this.#session, context: this.#context, round, from: this.self, to };
    const signature = secp256k1.sign(envelopeDigest(header, digestOfBody(body)), this.#secretKey, RAW);
    return { format: "guildhall-frost", version: 1, ...header, body, signature: hexlify(signature) };
  }

  /** What a sealed body is bound to: the envelope without its body. */
  #header(round: string, from: string, to: string): Uint8Array {
    const header = { session: this.#session, context: this.#context, round, from, to };
    return envelopeDigest(header, digestOfBody(""));
  }

  #keyOf(id: string): Uint8Array {
    const key = this.#keys.get(id);
    if (key === undefined) throw new FrostError("FROST_UNKNOWN_MEMBER", { member: id });
    return key;
  }
}

/** Whether an error names members, and is this party's own finding. */
function isFault(error: unknown): error is FrostError<FrostFault> {
  return error instanceof FrostError && error.code !== "FROST_ABORTED" && "members" in error.args;
}

/** A fault of named members in a round. */
export function fault(code: FrostFault, members: readonly string[], round: string): FrostError<FrostFault> {
  return new FrostError(code, { members, round });
}

function verifies(signature: string, digest: Uint8Array, key: Uint8Array): boolean {
  try {
    return secp256k1.verify(getBytes(signature), digest, key, RAW);
  } catch {
    return false;
  }
}

function aborted(envelope: Envelope): FrostError {
  const { fault: reported, members } = readFields(envelope.body);
  return new FrostError("FROST_ABORTED", {
    reporter: envelope.from,
    fault: String(reported),
    members: Array.isArray(members) ? members.map(String) : [],
  });
}

function keysOf(parties: readonly FrostMember[]): Map<string, Uint8Array> {
  const keys = new Map<string, Uint8Array>();
  for (const { id, channelKey } of parties) {
    if (keys.has(id)) throw new FrostError("FROST_DUPLICATE_MEMBER", { member: id });
    try {
      keys.set(id, secp256k1.Point.fromHex(channelKey.replace(/^0x/, "")).toBytes());
    } catch {
      throw new FrostError("FROST_CHANNEL_KEY", { member: id });
    }
  }
  return keys;
}

function keyOf(round: string, from: string): string {
  return JSON.stringify([round, from]);
}
