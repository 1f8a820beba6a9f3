import { getCreate2Address, ZeroHash } from "ethers";

/**
 * Where the chunk store keeps a chunk, or would. Pure.
 *
 * @param store The address of ChunkStore
 *
 * @example
 * import { chunkPointerOf, Guildhall } from "@guildhall/sdk";
 * const { rewards } = await Guildhall.connect(signer, { directory });
 * const { chunkHash, pointer } = await (await rewards.storeChunk({ chunk: Uint8Array.of(7) })).wait();
 * assert.equal(chunkPointerOf(rewards.chunkStore, chunkHash), pointer);
 */
export function chunkPointerOf(store: string, chunkHash: string): string {
  return getCreate2Address(store, ZeroHash, chunkHash);
}
