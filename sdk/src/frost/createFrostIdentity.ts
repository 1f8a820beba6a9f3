import { secp256k1 } from "@noble/curves/secp256k1.js";
import { hexlify } from "ethers";

import type { FrostIdentity } from "./FrostIdentity.js";
import type { FrostMember } from "./FrostMember.js";

/**
 * Makes a new channel key for a party: the secret half for itself, the public half for the list of members.
 *
 * @example
 * import { createFrostIdentity } from "@guildhall/sdk";
 * const { identity, member } = createFrostIdentity("centre-1");
 * assert.equal(identity.id, member.id);
 */
export function createFrostIdentity(id: string): { readonly identity: FrostIdentity; readonly member: FrostMember } {
  const { secretKey, publicKey } = secp256k1.keygen();
  return { identity: { id, secretKey }, member: { id, channelKey: hexlify(publicKey) } };
}
