import { hexlify, toUtf8Bytes } from "ethers";

import { RosterError } from "../RosterError.js";
import { BITMAP_HEADER_LENGTH, BITMAP_MAGIC, BITMAP_VERSION } from "./bitmapLayout.js";
import type { BitmapRoster } from "./BitmapRoster.js";
import { encodeBitmapRoster } from "./encodeBitmapRoster.js";
import { toBitmapRoster } from "./toBitmapRoster.js";

/**
 * Reads a bitmap's file; its figures are computed from the bits, and the header must say the same.
 *
 * Errors: {@link RosterError} ROSTER_FILE_MALFORMED, ROSTER_FILE_DAMAGED.
 *
 * @example
 * import { buildBitmapRoster, decodeBitmapRoster, encodeBitmapRoster, readNdjsonRows } from "@guildhall/sdk";
 * const userId = `0x${"07".repeat(32)}`;
 * async function* bound() {
 *   yield await Promise.resolve({ userId, index: 0 });
 * }
 * const rows = readNdjsonRows(new Blob([`{"userId":"${userId}","eligible":true}`]).stream());
 * const place = { poolId: `0x${"01".repeat(32)}`, cycle: 0 };
 * const roster = await buildBitmapRoster({ ...place, rows, bound: bound(), count: 1 });
 * assert.deepEqual(decodeBitmapRoster(encodeBitmapRoster(roster)), roster);
 */
export function decodeBitmapRoster(bytes: Uint8Array): BitmapRoster {
  if (bytes.length < BITMAP_HEADER_LENGTH || hexlify(bytes.subarray(0, 8)) !== hexlify(toUtf8Bytes(BITMAP_MAGIC))) {
    return malformed("it does not begin as one", {});
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getUint32(8);
  if (version !== BITMAP_VERSION) return malformed(`its version is ${version}`, { version });
  const count = view.getUint32(16);
  const expected = BITMAP_HEADER_LENGTH + Math.ceil(count / 8);
  if (bytes.length !== expected) {
    return malformed(`it has ${bytes.length} bytes instead of ${expected}`, { expected, actual: bytes.length });
  }
  const bits = bytes.slice(BITMAP_HEADER_LENGTH);
  if (count % 8 !== 0 && (bits.at(-1) ?? 0) >>> (count % 8) !== 0) return damaged("it has bits beyond its last user");
  const roster = toBitmapRoster({ poolId: hexlify(bytes.subarray(32, 64)), cycle: view.getUint32(12) }, count, bits);
  const header = hexlify(encodeBitmapRoster(roster).subarray(0, BITMAP_HEADER_LENGTH));
  if (header !== hexlify(bytes.subarray(0, BITMAP_HEADER_LENGTH))) return damaged("its header is not that of its bits");
  return roster;
}

function malformed(reason: string, args: Readonly<Record<string, unknown>>): never {
  throw new RosterError({
    code: "ROSTER_FILE_MALFORMED",
    args: { reason, ...args },
    what: `This is no bitmap's file: ${reason}.`,
    advice: "Ask whoever published the roster for its file, or build it again.",
  });
}

function damaged(reason: string): never {
  throw new RosterError({
    code: "ROSTER_FILE_DAMAGED",
    args: { reason },
    what: `The bitmap's file is damaged: ${reason}.`,
    advice: "Fetch the file again, or build it again.",
  });
}
