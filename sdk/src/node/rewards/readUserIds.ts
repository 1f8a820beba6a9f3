import { readNdjsonFields } from "../../rewards/roster/lines/readNdjsonFields.js";
import { FaultList } from "../../rewards/roster/users/FaultList.js";
import { formatOf, type LineFormat } from "./LineFormat.js";
import { readChunks } from "./readChunks.js";
import { readCsvFields } from "./readCsvFields.js";

const FIELDS = ["userId"] as const;
const USER_ID = /^0x[0-9a-fA-F]{64}$/;

/**
 * Reads user ids from a file, as a stream: the field `userId`; others are ignored.
 *
 * @param format - As the path's end says unless given: `.ndjson` and `.jsonl` are NDJSON, all else is CSV.
 * @throws `ROSTER_LINES_REFUSED` at the end, with the lines that are none
 * @example
 * import { writeFile } from "node:fs/promises";
 * import { readUserIds } from "@guildhall/sdk/node";
 * const path = `${folder}/users.csv`;
 * await writeFile(path, `userId,name\n0x${"07".repeat(32)},Ada\n`);
 * for await (const userId of readUserIds(path)) assert.equal(userId, `0x${"07".repeat(32)}`);
 */
export async function* readUserIds(path: string, format: LineFormat = formatOf(path)): AsyncGenerator<string> {
  const chunks = readChunks(path);
  const faults = new FaultList();
  for await (const rows of format === "csv" ? readCsvFields(chunks, FIELDS) : readNdjsonFields(chunks, FIELDS)) {
    for (const row of rows) {
      const userId = "fault" in row ? undefined : row.values[0];
      if ("fault" in row) faults.add(row.line, row.fault);
      else if (typeof userId === "string" && USER_ID.test(userId)) yield userId.toLowerCase();
      else faults.add(row.line, "userId is not 0x and 64 hex digits");
    }
  }
  faults.requireNone();
}
