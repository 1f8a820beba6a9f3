import type { RosterFigures } from "../Roster.js";
import type { Layout } from "./layout.js";

/** What a roster's file says of itself. */
export type RosterHeader = RosterFigures & { readonly version: number; readonly layout: Layout };
