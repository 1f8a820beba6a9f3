import type { AuditRosterParameters, RosterAudit } from "../auditRoster.js";
import { comparePublished } from "../comparePublished.js";
import { Mismatches } from "../Mismatches.js";
import { requirePlace } from "../requirePlace.js";
import { RosterError } from "../RosterError.js";
import { BITMAP_HEADER_LENGTH } from "./bitmapLayout.js";
import type { BitmapRoster } from "./BitmapRoster.js";
import { decodeBitmapRoster } from "./decodeBitmapRoster.js";

/**
 * Recomputes a bitmap's file from its bits alone, and compares it with its header and with what was published.
 *
 * @example
 * import { auditBitmapRoster, memorySource } from "@guildhall/sdk";
 * const zero = `0x${"00".repeat(32)}`;
 * const published = { poolId: zero, cycle: 0, root: zero, count: 0, eligible: 0, contentHash: zero };
 * const { sound } = await auditBitmapRoster({ source: memorySource(new Uint8Array(96)), published });
 * assert.equal(sound, false);
 */
export async function auditBitmapRoster({
  source,
  published,
}: Pick<AuditRosterParameters, "source" | "published">): Promise<RosterAudit> {
  requirePlace(published);
  const mismatches = new Mismatches();
  let roster: BitmapRoster | undefined;
  const length = BITMAP_HEADER_LENGTH + Math.ceil(published.count / 8);
  if (source.size !== length) {
    mismatches.add({ kind: "LENGTH", where: "file", expected: length, actual: source.size });
    return { sound: false, found: undefined, mismatches: mismatches.listed, total: mismatches.total };
  }
  try {
    roster = decodeBitmapRoster(await source.read(0, source.size));
    comparePublished(published, roster.figures, mismatches);
  } catch (error) {
    if (!(error instanceof RosterError)) throw error;
    mismatches.add({ kind: "BITS", where: "file", expected: "a sound bitmap", actual: error.what });
  }
  return {
    sound: mismatches.total === 0,
    found: roster?.figures,
    mismatches: mismatches.listed,
    total: mismatches.total,
  };
}
