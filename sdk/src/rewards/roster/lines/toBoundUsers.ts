import type { BoundUser } from "../Roster.js";
import { FaultList } from "../users/FaultList.js";
import type { FieldRow } from "./FieldRow.js";

/** The fields of a list of bound users, in the order in which {@link toBoundUsers} takes them. */
export const BOUND_FIELDS = ["userId", "index"] as const;

const USER_ID = /^0x[0-9a-fA-F]{64}$/;
const INDEX = /^(?:0|[1-9][0-9]{0,9})$/;

/**
 * Bound users out of the lines of a list.
 *
 * Errors: {@link RosterError} ROSTER_LINES_REFUSED at the end, with the faults' lines.
 */
export async function* toBoundUsers(rows: AsyncIterable<readonly FieldRow[]>): AsyncGenerator<BoundUser> {
  const faults = new FaultList();
  for await (const batch of rows) {
    for (const row of batch) {
      if ("fault" in row) {
        faults.add(row.line, row.fault);
        continue;
      }
      const [userId, index] = row.values;
      const digits = typeof index === "number" ? String(index) : index;
      if (typeof userId !== "string" || !USER_ID.test(userId)) {
        faults.add(row.line, "userId is not 0x and 64 hex digits");
      } else if (typeof digits !== "string" || !INDEX.test(digits) || Number(digits) > 0xffff_ffff) {
        faults.add(row.line, "index is not a whole number below 2^32");
      } else {
        yield { userId, index: Number(digits) };
      }
    }
  }
  faults.requireNone();
}
