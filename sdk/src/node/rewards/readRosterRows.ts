import { readNdjsonRows } from "../../rewards/roster/lines/readNdjsonRows.js";
import type { RosterRows } from "../../rewards/roster/lines/RosterRow.js";
import { formatOf, type LineFormat } from "./LineFormat.js";
import { readChunks } from "./readChunks.js";
import { readCsvRows } from "./readCsvRows.js";

/**
 * Reads users from a file, as a stream.
 *
 * @param format - As the path's end says unless given: `.ndjson` and `.jsonl` are NDJSON, all else is CSV.
 * @example
 * import { writeFile } from "node:fs/promises";
 * import { readRosterRows } from "@guildhall/sdk/node";
 * const path = `${folder}/users.csv`;
 * await writeFile(path, `userId,eligible\n0x${"07".repeat(32)},1\n`);
 * const rows = [];
 * for await (const batch of readRosterRows(path)) rows.push(...batch);
 * assert.equal(rows.length, 1);
 */
export function readRosterRows(path: string, format: LineFormat = formatOf(path)): RosterRows {
  const chunks = readChunks(path);
  return format === "csv" ? readCsvRows(chunks) : readNdjsonRows(chunks);
}
