import type { NonceCommitments } from "@noble/curves/abstract/frost.js";

import { isHexString } from "ethers";

import type { FrostCommitment } from "../FrostCommitment.js";
import { FrostError } from "../FrostError.js";
import type { FrostGroup } from "../FrostGroup.js";
import { bytesOf } from "./bytesOf.js";
import { identifierOf } from "./identifierOf.js";
import { pointHex } from "./pointHex.js";

/** Throws naming whose commitment holds a point off the curve, if one does; for when the library has refused the list. */
export function requirePoints(commitments: readonly FrostCommitment[]): void {
  const wrong = commitments.find(
    ({ hiding, binding }) => pointHex(hiding) === undefined || pointHex(binding) === undefined,
  );
  if (wrong === undefined) return;
  throw new FrostError("FROST_FORMAT", {
    document: `commitment of ${wrong.member}`,
    reason: "a point is off the curve",
  });
}

/**
 * The commitments as the library takes them; refuses unknown or repeated members, and too few. The library itself refuses
 * points off the curve: parsing them here too would cost as much as the rest of signing.
 */
export function toNonceCommitments(group: FrostGroup, commitments: readonly FrostCommitment[]): NonceCommitments[] {
  const seen = new Set<string>();
  const list = commitments.map(({ member, hiding, binding }) => {
    const identifier = identifierOf(group.members, member);
    if (seen.has(member)) throw new FrostError("FROST_DUPLICATE_MEMBER", { member });
    seen.add(member);
    if (!isHexString(hiding, 33) || !isHexString(binding, 33)) {
      throw new FrostError("FROST_FORMAT", { document: `commitment of ${member}`, reason: "it is not two points" });
    }
    return { identifier, hiding: bytesOf(hiding), binding: bytesOf(binding) };
  });
  if (list.length < group.threshold) {
    throw new FrostError("FROST_NO_QUORUM", { threshold: group.threshold, available: list.length, members: [] });
  }
  return list;
}
