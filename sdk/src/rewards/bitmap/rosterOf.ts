import type { Roster } from "../documents/Roster.js";
import type { EvidenceFigures } from "./Bitmap.js";

/**
 * The roster that is published, or approved as a verdict, out of its figures. Where nobody is eligible it says that this is
 * meant: whoever publishes looks at the figures first. Pure.
 *
 * @param evidenceUri Where the evidence can be had
 *
 * @example
 * import { bitmapOf, rosterOf } from "@guildhall/sdk";
 * const { figures } = bitmapOf({ count: 3, bits: Uint8Array.of(0b000) });
 * assert.equal(rosterOf(figures, "https://example.org/7").noneEligible, true);
 */
export function rosterOf({ root, count, eligible, contentHash }: EvidenceFigures, evidenceUri: string): Roster {
  return { root, count, eligible, contentHash, evidenceUri, noneEligible: eligible === 0 };
}
