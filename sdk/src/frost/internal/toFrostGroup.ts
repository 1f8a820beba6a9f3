import type { FrostPublic } from "@noble/curves/abstract/frost.js";
import { hexlify } from "ethers";

import type { FrostGroup } from "../FrostGroup.js";
import { FrostError } from "../FrostError.js";
import { identifierOf } from "./identifierOf.js";

/** The group of the library's public package. */
export function toFrostGroup(pub: FrostPublic, members: readonly string[]): FrostGroup {
  const commitments = pub.commitments.map((point) => hexlify(point));
  const [groupKey] = commitments;
  if (groupKey === undefined) {
    throw new FrostError("FROST_FORMAT", { document: "group", reason: "it has no commitment" });
  }
  return {
    format: "guildhall-frost-group",
    version: 1,
    threshold: pub.signers.min,
    members: [...members],
    groupKey,
    commitments,
    verifyingShares: members.map((member) => {
      const point = pub.verifyingShares[identifierOf(members, member)];
      if (point === undefined) throw new FrostError("FROST_UNKNOWN_MEMBER", { member });
      return hexlify(point);
    }),
  };
}
