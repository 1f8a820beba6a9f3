import { getBytes, toUtf8Bytes } from "ethers";

import type { RosterFigures } from "../Roster.js";
import { ENTRY_LENGTH, HEADER_LENGTH, layoutOf, MAGIC, VERSION } from "./layout.js";

/** The header of a roster's file. Numbers are big-endian; what is not named is zero. */
export function encodeHeader({ poolId, cycle, count, eligible, root, contentHash }: RosterFigures): Uint8Array {
  const bytes = new Uint8Array(HEADER_LENGTH);
  const view = new DataView(bytes.buffer);
  const { entries, nodes, end } = layoutOf(count);
  bytes.set(toUtf8Bytes(MAGIC));
  view.setUint32(8, VERSION);
  view.setUint32(12, HEADER_LENGTH);
  bytes.set(getBytes(poolId), 16);
  view.setUint32(48, cycle);
  view.setUint32(52, count);
  view.setUint32(56, eligible);
  view.setUint32(60, ENTRY_LENGTH);
  bytes.set(getBytes(root), 64);
  bytes.set(getBytes(contentHash), 96);
  view.setBigUint64(128, BigInt(entries));
  view.setBigUint64(136, BigInt(nodes));
  view.setBigUint64(144, BigInt(end));
  return bytes;
}
