import { AbiCoder, keccak256 } from "ethers";

import type { FrostGroup } from "../FrostGroup.js";

/** What all members must have in common of a group. */
export function digestOfGroup(group: FrostGroup): string {
  const encoded = AbiCoder.defaultAbiCoder().encode(
    ["string", "uint256", "string[]", "bytes[]", "bytes[]"],
    [group.format, group.threshold, group.members, group.commitments, group.verifyingShares],
  );
  return keccak256(encoded);
}
