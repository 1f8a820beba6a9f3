import { readNdjsonFields } from "./readNdjsonFields.js";
import type { RosterRows } from "./RosterRow.js";
import { ROSTER_FIELDS, toRosterRow } from "./toRosterRow.js";

/**
 * Reads users from NDJSON: a JSON object a line, with `userId` and `eligible`; other keys are ignored, and so are empty lines.
 *
 * @example
 * import { readNdjsonRows } from "@guildhall/sdk";
 * const text = `{"userId":"0x${"07".repeat(32)}","eligible":true}\n`;
 * const rows = [];
 * for await (const batch of readNdjsonRows(new Blob([text]).stream())) rows.push(...batch);
 * assert.deepEqual(rows, [{ line: 1, userId: `0x${"07".repeat(32)}`, eligible: true }]);
 */
export async function* readNdjsonRows(chunks: AsyncIterable<Uint8Array>): RosterRows {
  for await (const rows of readNdjsonFields(chunks, ROSTER_FIELDS)) yield rows.map(toRosterRow);
}
