import type { Hex } from "../../../core/documents/Hex.js";
import type { RosterFigures } from "../Roster.js";

/** A roster as bits, cut into chunks. */
export type BitmapRoster = {
  readonly figures: RosterFigures;
  /** What goes to the chunk store, in order. */
  readonly chunks: readonly Uint8Array[];
  readonly chunkHashes: readonly Hex[];
};
