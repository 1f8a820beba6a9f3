import { FrostError } from "../FrostError.js";

/** Throws unless the members are distinct and the threshold is 2 to their number. */
export function requireThreshold(members: readonly string[], threshold: number): void {
  const repeated = members.find((member, index) => members.indexOf(member) !== index);
  if (repeated !== undefined) throw new FrostError("FROST_DUPLICATE_MEMBER", { member: repeated });
  if (!Number.isInteger(threshold) || threshold < 2 || threshold > members.length) {
    throw new FrostError("FROST_THRESHOLD", { memberCount: members.length, threshold });
  }
}
