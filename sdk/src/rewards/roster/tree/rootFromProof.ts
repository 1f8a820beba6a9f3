import { hashPair } from "./hashPair.js";

/** The root that a leaf and its proof lead to. */
export function rootFromProof(leaf: Uint8Array, proof: readonly Uint8Array[]): Uint8Array {
  return proof.reduce((node, sibling) => hashPair(node, 0, sibling, 0), leaf);
}
