import { compareRecords } from "./compareRecords.js";
import type { UserList } from "./UserList.js";

/** Where a user stands in a sorted list; -1 for one that is not in it. */
export function findUser(users: Pick<UserList, "count" | "ids">, userId: Uint8Array): number {
  let low = 0;
  let high = users.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareRecords(users.ids, middle * 32, userId, 0);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return -1;
}
