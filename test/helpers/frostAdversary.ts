import { concat, hexlify, SigningKey } from "ethers";

import type { Envelope } from "../../sdk/src/frost/channel/Envelope.js";
import { digestOfBody, envelopeDigest } from "../../sdk/src/frost/channel/envelopeDigest.js";
import { readEnvelope } from "../../sdk/src/frost/channel/readEnvelope.js";
import { sealSecret } from "../../sdk/src/frost/channel/sealSecret.js";
import type { FrostIdentity, FrostMember, FrostTransport } from "../../sdk/src/frost/index.js";

/** What a dishonest member does with a message it is about to send to one receiver: another one, or none. */
export type Deviation = (envelope: Envelope, to: string) => Envelope | undefined | Promise<Envelope | undefined>;

/** The transport of a member that follows the protocol but for what `deviate` changes. Broadcasts go out one by one. */
export function deviating(transport: FrostTransport, parties: readonly string[], deviate: Deviation): FrostTransport {
  const send = async (to: string, message: string): Promise<void> => {
    const envelope = readEnvelope(message);
    const changed = envelope === undefined ? undefined : await deviate(envelope, to);
    if (changed !== undefined) await transport.send(to, JSON.stringify(changed));
  };
  return {
    send,
    broadcast: async (message) => {
      const self = readEnvelope(message)?.from;
      for (const party of parties) if (party !== self) await send(party, message);
    },
    receive: transport.receive,
  };
}

/** The envelope with other content, signed by its sender. */
export function resign(identity: FrostIdentity, envelope: Envelope, changes: Partial<Envelope>): Envelope {
  const changed = { ...envelope, ...changes };
  const digest = envelopeDigest(changed, digestOfBody(changed.body));
  const { r, s } = new SigningKey(hexlify(identity.secretKey)).sign(digest);
  return { ...changed, signature: concat([r, s]) };
}

/** The envelope with another secret, sealed to its receiver and signed by its sender. */
export async function reseal(
  identity: FrostIdentity,
  envelope: Envelope,
  receiver: FrostMember,
  secret: Uint8Array,
): Promise<Envelope> {
  const body = await sealSecret(secret, receiver.channelKey, envelopeDigest(envelope, digestOfBody("")));
  return resign(identity, envelope, { body });
}
