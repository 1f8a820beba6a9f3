import { TypedDataEncoder } from "ethers";

import { mutableTypes } from "../../core/signatures/hashTyped.js";
import { operations, requesters } from "../state/names.js";
import type { CertificateRecord } from "../history/CertificateRecord.js";
import { certificateTypes } from "./certificateTypes.js";

/**
 * A record's id. It covers the record before, so that the last one proves the whole history.
 *
 * @example
 * import { type CertificateRecord, recordIdOf } from "@guildhall/sdk";
 * const zero = `0x${"00".repeat(32)}`;
 * const record: CertificateRecord = {
 *   ...{ certificateId: `0x${"11".repeat(32)}`, from: 0, to: 257, operation: "ISSUE", requester: "COMMITTEE", reason: 0 },
 *   ...{ requestHash: `0x${"22".repeat(32)}`, previousRecord: zero, blockNumber: 1, timestamp: 1_800_000_000 },
 * };
 * assert.notEqual(recordIdOf(record), recordIdOf({ ...record, reason: 1 }));
 */
export function recordIdOf({ operation, requester, ...record }: CertificateRecord): string {
  const types = mutableTypes(certificateTypes.Record);
  return TypedDataEncoder.hashStruct("Record", types, {
    ...record,
    operation: operations.indexOf(operation),
    requester: requesters.indexOf(requester),
  });
}
