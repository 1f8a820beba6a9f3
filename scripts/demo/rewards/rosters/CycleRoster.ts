import type { BitmapRoster, RosterFigures } from "../../../../sdk/src/index.js";

/** A roster that a party built out of the deliveries. */
export type CycleRoster = {
  readonly figures: RosterFigures;
} & (
  | { readonly form: "BITMAP"; readonly bitmap: BitmapRoster }
  /** With the file that its proofs come from. */
  | { readonly form: "ROOT"; readonly path: string }
);
