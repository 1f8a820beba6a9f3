import { compact } from "../helpers/deals.js";
import { digestOf } from "./digestOf.js";
import type { Situation, Slot } from "./Slot.js";

/** A signature in the form of that many bytes. */
export function inForm(signature: string, length: number): string {
  return length === 64 ? compact(signature) : signature;
}

/** The honest signature. */
export function honest(slot: Slot, situation: Situation, length = slot.lengths[0]!): string {
  return inForm(situation.sign(digestOf(situation.typed)), length);
}
