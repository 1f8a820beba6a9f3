import { getBytes, hexlify, isHexString } from "ethers";

import type { FrostCommitment } from "./FrostCommitment.js";
import { FrostError } from "./FrostError.js";
import type { FrostGroup } from "./FrostGroup.js";
import { digestBytes } from "./internal/digestBytes.js";
import { identifierOf } from "./internal/identifierOf.js";
import { suite } from "./internal/suite.js";
import { toFrostPublic } from "./internal/toFrostPublic.js";
import { requirePoints, toNonceCommitments } from "./internal/toNonceCommitments.js";

export type AggregateFrostSignatureOptions = {
  readonly group: FrostGroup;
  /** Exactly what the signers signed with. */
  readonly commitments: readonly FrostCommitment[];
  readonly digest: string;
  /** 32 bytes for each signer, by name. */
  readonly signatureShares: ReadonlyMap<string, string>;
};

/**
 * Adds the signature shares up to the group's signature and verifies it.
 *
 * @returns 65 bytes: R compressed, then z.
 * @throws `FROST_BAD_SIGNATURE_SHARE` naming whose share is wrong; `FROST_MISSING_MESSAGE` naming whose is not there; and for
 * the commitments and the digest as {@link createFrostSignatureShare}
 * @example
 * import {
 *   aggregateFrostSignature,
 *   commitFrostNonce,
 *   createFrostSignatureShare,
 *   createMemoryNonceStore,
 *   verifyFrostSignature,
 * } from "@guildhall/sdk";
 * const digest = `0x${"11".repeat(32)}`;
 * const store = createMemoryNonceStore();
 * const signers = frost.shares.slice(0, 2);
 * const nonces = await Promise.all(signers.map((share) => commitFrostNonce({ share, store })));
 * const commitments = nonces.map(({ commitment }) => commitment);
 * const signatureShares = new Map<string, string>();
 * for (const [index, share] of signers.entries()) {
 *   const nonce = nonces[index]!;
 *   signatureShares.set(share.member, await createFrostSignatureShare({ share, nonce, commitments, digest, store }));
 * }
 * const signature = aggregateFrostSignature({ group: frost.group, commitments, digest, signatureShares });
 * assert.ok(verifyFrostSignature({ groupKey: frost.group.groupKey, digest, signature }));
 */
export function aggregateFrostSignature({
  group,
  commitments,
  digest,
  signatureShares,
}: AggregateFrostSignatureOptions): string {
  const list = toNonceCommitments(group, commitments);
  const message = digestBytes(digest);
  const pub = toFrostPublic(group);
  const signers = commitments.map(({ member }) => member);
  const round = "signature shares";
  const missing = signers.filter((member) => !signatureShares.has(member));
  if (missing.length > 0) throw new FrostError("FROST_MISSING_MESSAGE", { members: missing, round });
  const shareOf = (member: string): Uint8Array => {
    const share = signatureShares.get(member);
    return isHexString(share, 32) ? getBytes(share) : new Uint8Array();
  };
  try {
    const shares = Object.fromEntries(signers.map((member) => [identifierOf(group.members, member), shareOf(member)]));
    return hexlify(suite.aggregate(pub, list, message, shares));
  } catch {
    requirePoints(commitments);
    const members = signers.filter((member) => {
      try {
        return !suite.verifyShare(pub, list, message, identifierOf(group.members, member), shareOf(member));
      } catch {
        return true;
      }
    });
    if (members.length === 0) {
      throw new FrostError("FROST_FORMAT", {
        document: "signature shares",
        reason: "they do not add up to a signature",
      });
    }
    throw new FrostError("FROST_BAD_SIGNATURE_SHARE", { members, round });
  }
}
