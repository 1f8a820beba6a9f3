import { CENTRE_FREEZE } from "../state/centreFreeze.js";
import type { CertificateState } from "../state/CertificateState.js";
import { accountTypes, type Requester } from "../state/names.js";
import type { CertificateHistory } from "./CertificateHistory.js";

/**
 * A certificate's state as it stood at a time, Unix seconds, records made in that second included; undefined before it was
 * issued. Pure.
 */
export function replayHistory(history: CertificateHistory, at: number): CertificateState | undefined {
  const made = history.records.filter(({ timestamp }) => timestamp <= at);
  const last = made.at(-1);
  if (last === undefined) return undefined;
  let freezeEnds: number | undefined;
  let frozenBy: Requester = "ANYONE";
  for (const { operation, requester, timestamp } of made) {
    if (operation === "FREEZE") {
      freezeEnds = requester === "CENTRE" ? timestamp + CENTRE_FREEZE : undefined;
      frozenBy = requester;
    } else if (operation === "CONFIRM_FREEZE") {
      freezeEnds = undefined;
      frozenBy = "COMMITTEE";
    } else {
      // The end of a centre's freeze stays known when it was undone, and by no other step.
      if (operation !== "UNFREEZE") freezeEnds = undefined;
      frozenBy = "ANYONE";
    }
  }
  return {
    certificateId: history.certificateId,
    account: last.to,
    centre: Math.floor(last.to / 256),
    accountType: accountTypes[last.to % 256] ?? "NONE",
    sequence: made.length,
    notBefore: history.notBefore,
    notAfter: history.notAfter,
    movedAt: last.timestamp,
    freezeEnds,
    reason: last.reason,
    frozenBy,
    head: last.recordId,
  };
}
