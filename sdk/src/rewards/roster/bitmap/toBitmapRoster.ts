import type { RosterPlace } from "../Roster.js";
import type { BitmapRoster } from "./BitmapRoster.js";
import { cutBitmap } from "./cutBitmap.js";

/** Cuts the bits of a pool's cycle into chunks, and takes their figures. */
export function toBitmapRoster({ poolId, cycle }: RosterPlace, count: number, bits: Uint8Array): BitmapRoster {
  const { figures, ...cut } = cutBitmap(count, bits);
  return { figures: { poolId, cycle, ...figures }, ...cut };
}
