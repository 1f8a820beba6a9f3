import type { Roster } from "../documents/Roster.js";
import { type EvidenceSource, evidenceSources } from "../state/names.js";

/** A roster as the contract takes it. */
export function rosterToAbi({ count, eligible, ...roster }: Roster) {
  return { ...roster, count: BigInt(count), eligible: BigInt(eligible) };
}

/** The number of a source. */
export function sourceToAbi(source: EvidenceSource): bigint {
  return BigInt(evidenceSources.indexOf(source));
}
