import { readNdjsonFields } from "../../rewards/roster/lines/readNdjsonFields.js";
import { BOUND_FIELDS, toBoundUsers } from "../../rewards/roster/lines/toBoundUsers.js";
import type { BoundUser } from "../../rewards/roster/Roster.js";
import { formatOf, type LineFormat } from "./LineFormat.js";
import { readChunks } from "./readChunks.js";
import { readCsvFields } from "./readCsvFields.js";

/**
 * Reads bound users from a file, as a stream: the fields `userId` and `index`.
 *
 * @param format - As the path's end says unless given: `.ndjson` and `.jsonl` are NDJSON, all else is CSV.
 * @throws `ROSTER_LINES_REFUSED` at the end, with the lines that are none
 * @example
 * import { writeFile } from "node:fs/promises";
 * import { readBoundUsers } from "@guildhall/sdk/node";
 * const path = `${folder}/bound.ndjson`;
 * await writeFile(path, `{"userId":"0x${"07".repeat(32)}","index":0}\n`);
 * for await (const { index } of readBoundUsers(path)) assert.equal(index, 0);
 */
export function readBoundUsers(path: string, format: LineFormat = formatOf(path)): AsyncIterable<BoundUser> {
  const chunks = readChunks(path);
  return toBoundUsers(format === "csv" ? readCsvFields(chunks, BOUND_FIELDS) : readNdjsonFields(chunks, BOUND_FIELDS));
}
