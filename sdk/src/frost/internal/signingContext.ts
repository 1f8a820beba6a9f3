import { AbiCoder, keccak256 } from "ethers";

import type { FrostGroup } from "../FrostGroup.js";
import type { FrostMember } from "../FrostMember.js";
import { digestOfGroup } from "./digestOfGroup.js";

export type SigningContext = {
  readonly group: FrostGroup;
  readonly digest: string;
  readonly members: readonly FrostMember[];
  readonly coordinator: FrostMember;
};

/** What all parties of a signing session must agree on; the digest above all, so that nobody can swap it. */
export function signingContext({ group, digest, members, coordinator }: SigningContext): string {
  const parties = [coordinator, ...members];
  const encoded = AbiCoder.defaultAbiCoder().encode(
    ["string", "bytes32", "bytes32", "string[]", "bytes[]"],
    [
      "guildhall-frost/1 signing",
      digestOfGroup(group),
      digest,
      parties.map(({ id }) => id),
      parties.map(({ channelKey }) => channelKey),
    ],
  );
  return keccak256(encoded);
}
