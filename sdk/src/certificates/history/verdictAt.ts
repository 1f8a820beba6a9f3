import { type CertificateVerdict } from "../state/names.js";
import { verdictOf } from "../state/verdictOf.js";
import type { CertificateHistory } from "./CertificateHistory.js";
import { replayHistory } from "./replayHistory.js";

/**
 * What a certificate was worth at a time, Unix seconds, by its history; UNKNOWN before it was issued. Pure. For a time to come it
 * tells what it will be worth where nobody does anything.
 *
 * @example
 * import { type CertificateHistory, verdictAt } from "@guildhall/sdk";
 * const [id, zero] = [`0x${"11".repeat(32)}`, `0x${"00".repeat(32)}`];
 * const step = { certificateId: id, requestHash: zero, blockNumber: 1, reason: 0 };
 * const issued = { from: 0, to: 257, operation: "ISSUE", requester: "COMMITTEE", previousRecord: zero } as const;
 * const revoked = { from: 257, to: 259, operation: "REVOKE", requester: "HOLDER", previousRecord: id } as const;
 * const history: CertificateHistory = {
 *   ...{ certificateId: id, holder: wallet.address, centre: 1, applicationId: id, contentHash: id, subjectKeyHash: id },
 *   ...{ notBefore: 1_000, notAfter: 9_000, head: id, successors: [], retirements: [] },
 *   records: [
 *     { ...step, ...issued, timestamp: 2_000, recordId: id },
 *     { ...step, ...revoked, timestamp: 3_000, recordId: id },
 *   ],
 * };
 * assert.deepEqual([1_999, 2_000, 3_000].map((at) => verdictAt(history, at)), ["UNKNOWN", "VALID", "REVOKED"]);
 */
export function verdictAt(history: CertificateHistory, at: number): CertificateVerdict {
  const state = replayHistory(history, at);
  if (state === undefined) return "UNKNOWN";
  const centreRetired = history.retirements.some(({ centre, from }) => centre === state.centre && from <= at);
  return verdictOf(state, { at, centreRetired });
}
