import { hexlify } from "ethers";

import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { createAction } from "../../core/transactions/createAction.js";
import { chunkStoreAbi } from "../../generated/abis.js";
import { chunkHashOf } from "../roster/bitmap/chunkHashOf.js";
import { chunkPointerOf } from "../bitmap/chunkPointerOf.js";

/** The parameters of {@link storeChunk}. */
export type StoreChunkParameters = {
  /** 1 to 24,575 bytes. */
  readonly chunk: Uint8Array;
};

/** What {@link storeChunk} did. */
export type StoredChunk = {
  readonly chunkHash: string;
  /** Where it stands. */
  readonly pointer: string;
  /** False where it stood there before. */
  readonly stored: boolean;
};

/**
 * Stores a chunk of a bitmap as contract code; one that is there is left as it is: anyone. Pure.
 *
 * @param store The address of ChunkStore
 *
 * @example
 * import { rewardActions } from "@guildhall/sdk";
 * assert.equal(rewardActions.storeChunk(contract, { chunk: Uint8Array.of(7) }).name, "store");
 */
export function storeChunk(store: string, { chunk }: StoreChunkParameters): ContractAction<StoredChunk> {
  const chunkHash = chunkHashOf(chunk);
  const pointer = chunkPointerOf(store, chunkHash);
  const action = createAction({
    abi: chunkStoreAbi,
    to: store,
    method: "store",
    args: [hexlify(chunk)],
    event: "ChunkStored",
    result: (event) => (event.chunkHash === chunkHash ? { chunkHash, pointer, stored: true } : undefined),
  });
  return { ...action, read: (receipt) => action.read(receipt) ?? { chunkHash, pointer, stored: false } };
}
