import { Signature } from "ethers";

import { encodeApproval } from "../../../../sdk/src/index.js";
import type { Vote } from "./askCentres.js";

/** The signatures of votes as the registry reads them, where fewer than the threshold are counted, too. */
export function approvalBy(votes: readonly Vote[]): string {
  const entries = votes.map(({ place: index, signature }) => {
    return { index, kind: "key", signature: Signature.from(signature).compactSerialized } as const;
  });
  return encodeApproval({ scheme: "members", entries });
}
