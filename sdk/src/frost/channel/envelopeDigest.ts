import { AbiCoder, getBytes, keccak256, toUtf8Bytes } from "ethers";

import type { Envelope } from "./Envelope.js";

/** What a sender signs. Built over the body's digest, so that a third party can be shown a signature without the body. */
export function envelopeDigest(
  header: Pick<Envelope, "session" | "context" | "round" | "from" | "to">,
  bodyDigest: string,
): Uint8Array {
  const encoded = AbiCoder.defaultAbiCoder().encode(
    ["string", "bytes32", "bytes32", "string", "string", "string", "bytes32"],
    ["guildhall-frost/1", header.session, header.context, header.round, header.from, header.to, bodyDigest],
  );
  return getBytes(keccak256(encoded));
}

/** Digest of a message's body. */
export function digestOfBody(body: string): string {
  return keccak256(toUtf8Bytes(body));
}
