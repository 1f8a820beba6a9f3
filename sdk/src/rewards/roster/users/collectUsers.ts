import { hexlify } from "ethers";

import type { RosterRows } from "../lines/RosterRow.js";
import type { OnRosterProgress } from "../RosterProgress.js";
import { takeTurn } from "../takeTurn.js";
import { FaultList } from "./FaultList.js";
import { sortRecords } from "./sortRecords.js";
import { toAnswer } from "./toAnswer.js";
import type { UserList } from "./UserList.js";
import { writeHex } from "./writeHex.js";

const FIRST_CAPACITY = 1_024;

/**
 * Reads all users into arrays of bytes, sorts them by id, and refuses lines that are none and users that stand twice.
 *
 * Errors: {@link RosterError} ROSTER_LINES_REFUSED, with the faults' lines.
 */
export async function collectUsers(rows: RosterRows, onProgress?: OnRosterProgress): Promise<UserList> {
  const faults = new FaultList();
  let ids = new Uint8Array(FIRST_CAPACITY * 32);
  let answers = new Uint8Array(FIRST_CAPACITY);
  let lines = new Uint32Array(FIRST_CAPACITY);
  let count = 0;

  const grow = (): void => {
    const capacity = Math.ceil(answers.length * 1.5);
    ids = grown(ids, new Uint8Array(capacity * 32));
    answers = grown(answers, new Uint8Array(capacity));
    lines = grown(lines, new Uint32Array(capacity));
  };

  for await (const batch of rows) {
    for (const row of batch) {
      if ("fault" in row) {
        faults.add(row.line, row.fault);
        continue;
      }
      if (count === answers.length) grow();
      const answer = toAnswer(row.eligible);
      if (!writeHex(row.userId, ids, count * 32)) faults.add(row.line, "userId is not 0x and 64 hex digits");
      else if (isZero(ids, count * 32)) faults.add(row.line, "userId is zero, which no pool binds");
      else if (answer === undefined) faults.add(row.line, "eligible is not true, false, 1, 0, yes or no");
      else {
        answers[count] = answer ? 1 : 0;
        lines[count] = row.line;
        count += 1;
      }
    }
    onProgress?.({ stage: "reading", done: count });
  }

  onProgress?.({ stage: "sorting", done: 0, total: count });
  await takeTurn();
  const order = sortRecords(ids, count);
  const sorted = new Uint8Array(count * 32);
  const sortedAnswers = new Uint8Array(count);
  let eligible = 0;
  for (let i = 0; i < count; ++i) {
    const from = order[i] ?? 0;
    sorted.set(ids.subarray(from * 32, from * 32 + 32), i * 32);
    sortedAnswers[i] = answers[from] ?? 0;
    eligible += answers[from] ?? 0;
  }
  for (let i = 1; i < count; ++i) {
    const at = i * 32;
    if (!isRepeated(sorted, at)) continue;
    const line = lines[order[i] ?? 0] ?? 0;
    const before = lines[order[i - 1] ?? 0] ?? 0;
    const same = sortedAnswers[i] === sortedAnswers[i - 1] ? "the same" : "the opposite";
    const userId = hexlify(sorted.subarray(at, at + 32));
    faults.add(line, `the user ${userId} stands on line ${before} already, with ${same} answer`);
  }
  faults.requireNone();
  return { count, eligible, ids: sorted, answers: sortedAnswers };
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function isZero(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 32; ++i) if (bytes[i] !== 0) return false;
  return true;
}

function isRepeated(ids: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 32; ++i) if (ids[i] !== ids[i - 32]) return false;
  return true;
}
