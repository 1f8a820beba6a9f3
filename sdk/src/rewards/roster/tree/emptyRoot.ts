import { keccak256 } from "ethers";

/**
 * The root of a roster of nobody, which has no tree: the hash of no bytes. Leaves and nodes are hashes of 32 and of 64 bytes,
 * so that nothing leads to it.
 */
export const EMPTY_ROOT = keccak256("0x");
