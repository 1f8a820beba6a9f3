import { tags } from "./DerNode.js";
import { writeDer } from "./writeDer.js";

/** Encodes a number from 0 on. */
export function writeInteger(value: bigint): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 0xffn));
  // A leading one would be read as a sign.
  if ((bytes[0] ?? 0x80) >= 0x80) bytes.unshift(0);
  return writeDer(tags.integer, Uint8Array.from(bytes));
}
