import { concat, hexlify, keccak256, toBeHex } from "ethers";

import type { Hex } from "../../../core/documents/Hex.js";
import { RosterError } from "../RosterError.js";

/** Bytes of the longest chunk: what fits a contract, after the byte that keeps it from being called. */
export const MAX_CHUNK_LENGTH = 24_575;
/** Users of a full chunk. */
export const CHUNK_USERS = MAX_CHUNK_LENGTH * 8;

/**
 * The hash by which a chunk store finds a chunk: `keccak256` of its creation code, as SSTORE2 has it.
 *
 * Errors: {@link RosterError} ROSTER_CHUNK_LENGTH where it has not 1 to 24,575 bytes.
 *
 * @example
 * import { chunkHashOf } from "@guildhall/sdk";
 * assert.equal(chunkHashOf(Uint8Array.of(255)).length, 66);
 */
export function chunkHashOf(chunk: Uint8Array): Hex {
  if (chunk.length === 0 || chunk.length > MAX_CHUNK_LENGTH) {
    throw new RosterError({
      code: "ROSTER_CHUNK_LENGTH",
      args: { max: MAX_CHUNK_LENGTH, actual: chunk.length },
      what: `The chunk has ${chunk.length} bytes, and must have 1 to ${MAX_CHUNK_LENGTH}.`,
      advice: "Take the chunks as buildBitmapRoster cuts them.",
    });
  }
  // Copies what follows byte 10, a zero and the chunk, into the contract.
  return keccak256(concat(["0x61", toBeHex(chunk.length + 1, 2), "0x80600a3d393df300", hexlify(chunk)]));
}
