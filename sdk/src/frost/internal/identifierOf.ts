import { FrostError } from "../FrostError.js";
import { suite } from "./suite.js";

/** The RFC 9591 identifier of a member: its place in the list + 1, as the library writes it. */
export function identifierOf(members: readonly string[], member: string): string {
  const index = members.indexOf(member);
  if (index < 0) throw new FrostError("FROST_UNKNOWN_MEMBER", { member });
  return suite.Identifier.fromNumber(index + 1);
}
