import type { NonceCommitments } from "@noble/curves/abstract/frost.js";

import type { FrostCommitment } from "../FrostCommitment.js";
import { FrostError } from "../FrostError.js";
import type { FrostGroup } from "../FrostGroup.js";
import { bytesOf } from "./bytesOf.js";
import { identifierOf } from "./identifierOf.js";
import { pointHex } from "./pointHex.js";

/** The commitments as the library takes them; refuses unknown or repeated members, points off the curve, and too few. */
export function toNonceCommitments(group: FrostGroup, commitments: readonly FrostCommitment[]): NonceCommitments[] {
  const seen = new Set<string>();
  const list = commitments.map(({ member, hiding, binding }) => {
    const identifier = identifierOf(group.members, member);
    if (seen.has(member)) throw new FrostError("FROST_DUPLICATE_MEMBER", { member });
    seen.add(member);
    const [hidingPoint, bindingPoint] = [pointHex(hiding), pointHex(binding)];
    if (hidingPoint === undefined || bindingPoint === undefined) {
      throw new FrostError("FROST_FORMAT", { document: `commitment of ${member}`, reason: "a point is off the curve" });
    }
    return { identifier, hiding: bytesOf(hidingPoint), binding: bytesOf(bindingPoint) };
  });
  if (list.length < group.threshold) {
    throw new FrostError("FROST_NO_QUORUM", { threshold: group.threshold, available: list.length, members: [] });
  }
  return list;
}
