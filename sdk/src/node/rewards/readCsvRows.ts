import type { RosterRows } from "../../rewards/roster/lines/RosterRow.js";
import { ROSTER_FIELDS, toRosterRow } from "../../rewards/roster/lines/toRosterRow.js";
import { readCsvFields } from "./readCsvFields.js";

/**
 * Reads users from CSV with a header: the columns `userId` and `eligible`; others are ignored.
 *
 * @example
 * import { readCsvRows } from "@guildhall/sdk/node";
 * const text = `eligible,userId\nyes,0x${"07".repeat(32)}\n`;
 * const rows = [];
 * for await (const batch of readCsvRows(new Blob([text]).stream())) rows.push(...batch);
 * assert.deepEqual(rows, [{ line: 2, userId: `0x${"07".repeat(32)}`, eligible: "yes" }]);
 */
export async function* readCsvRows(chunks: AsyncIterable<Uint8Array>): RosterRows {
  for await (const rows of readCsvFields(chunks, ROSTER_FIELDS)) yield rows.map(toRosterRow);
}
