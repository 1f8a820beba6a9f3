import { concat, dataSlice, toBeHex } from "ethers";

/** The calldata with one bit of one word turned. */
export function turned(data: string, word: number, bit: bigint): string {
  const start = 4 + 32 * word;
  const changed = BigInt(dataSlice(data, start, start + 32)) ^ (1n << bit);
  return concat([dataSlice(data, 0, start), toBeHex(changed, 32), dataSlice(data, start + 32)]);
}
