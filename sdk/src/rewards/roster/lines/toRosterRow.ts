import type { FieldRow } from "./FieldRow.js";
import type { RosterRow } from "./RosterRow.js";

/** The fields of a list of users, in the order in which {@link toRosterRow} takes them. */
export const ROSTER_FIELDS = ["userId", "eligible"] as const;

/** A line of a list of users. */
export function toRosterRow(row: FieldRow): RosterRow {
  return "fault" in row ? row : { line: row.line, userId: row.values[0], eligible: row.values[1] };
}
