import type { FrostPublic } from "@noble/curves/abstract/frost.js";

import type { FrostGroup } from "../FrostGroup.js";
import { bytesOf } from "./bytesOf.js";
import { suite } from "./suite.js";

/** The group as the library takes it. */
export function toFrostPublic(group: FrostGroup): FrostPublic {
  return {
    signers: { min: group.threshold, max: group.members.length },
    commitments: group.commitments.map((point) => bytesOf(point)),
    verifyingShares: Object.fromEntries(
      group.verifyingShares.map((point, index) => [suite.Identifier.fromNumber(index + 1), bytesOf(point)]),
    ),
  };
}
