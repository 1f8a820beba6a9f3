import { isHexString } from "ethers";

import type { Envelope } from "../channel/Envelope.js";
import { digestOfBody } from "../channel/envelopeDigest.js";
import { fault, type FrostChannel } from "../channel/FrostChannel.js";

type Echoed = { readonly author: string; readonly digest: string; readonly signature: string };

export type EchoOptions = {
  readonly channel: FrostChannel;
  readonly round: string;
  /** The round whose messages are compared. */
  readonly of: string;
  /** What this party received in that round, its own included. */
  readonly messages: ReadonlyMap<string, Envelope>;
  readonly echoers: readonly string[];
  readonly signal: AbortSignal;
};

/**
 * Everyone repeats whose message it received, as digest and signature. Where an author signed two different messages, the
 * two signatures convict the author; where there is no such signature, the one who repeated it is at fault.
 */
export async function echo({ channel, round, of, messages, echoers, signal }: EchoOptions): Promise<void> {
  if (echoers.includes(channel.self)) {
    const list = [...messages.values()].map(({ from, body, signature }) => ({
      author: from,
      digest: digestOfBody(body),
      signature,
    }));
    await channel.broadcast(round, JSON.stringify(list));
  }
  const others = echoers.filter((id) => id !== channel.self);
  for (const [echoer, envelope] of await channel.collect(round, others, signal)) {
    const digests = new Map(readEcho(envelope).map((item) => [item.author, item]));
    for (const [author, message] of messages) {
      const repeated = digests.get(author);
      if (repeated === undefined) throw fault("FROST_BAD_ECHO", [echoer], round);
      if (repeated.digest === digestOfBody(message.body)) continue;
      const convicts = channel.isSignedBy(author, of, repeated.digest, repeated.signature);
      throw convicts ? fault("FROST_EQUIVOCATION", [author], of) : fault("FROST_BAD_ECHO", [echoer], round);
    }
  }
}

function readEcho({ from, round, body }: Envelope): readonly Echoed[] {
  const value = parse(body);
  if (!Array.isArray(value) || !value.every(isEchoed)) throw fault("FROST_BAD_MESSAGE", [from], round);
  return value;
}

function isEchoed(value: unknown): value is Echoed {
  if (typeof value !== "object" || value === null) return false;
  const { author, digest, signature } = value as Partial<Record<keyof Echoed, unknown>>;
  return typeof author === "string" && isHexString(digest, 32) && isHexString(signature, 64);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
