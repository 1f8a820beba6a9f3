import { hashPair } from "./hashPair.js";

/** The root that leaves and their multiproof lead to, by the steps of OpenZeppelin's `MerkleProof`; none where it is no proof. */
export function rootFromMultiProof(
  leaves: readonly Uint8Array[],
  proof: readonly Uint8Array[],
  proofFlags: readonly boolean[],
): Uint8Array | undefined {
  if (leaves.length + proof.length !== proofFlags.length + 1) return undefined;
  const queue = [...leaves];
  let next = 0;
  let at = 0;
  for (const flag of proofFlags) {
    const a = queue[at++];
    const b = flag ? queue[at++] : proof[next++];
    if (a === undefined || b === undefined) return undefined;
    queue.push(hashPair(a, 0, b, 0));
  }
  return queue.at(-1);
}
