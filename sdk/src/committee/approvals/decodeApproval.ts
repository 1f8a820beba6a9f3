import { dataLength, dataSlice, isHexString } from "ethers";

import { CommitteeError } from "../CommitteeError.js";
import type { Approval, ApprovalEntry } from "./Approval.js";
import { approvalLength } from "./approvalLength.js";

const HEAD = 65;
const KEY_ENTRY = 64;

/**
 * Reads an approval's bytes, by the contract's own rule of form. Verifies nothing.
 *
 * @throws {@link CommitteeError} COMMITTEE_APPROVAL_MALFORMED
 * @example
 * import { decodeApproval } from "@guildhall/sdk";
 * assert.throws(() => decodeApproval("0x01"), { code: "COMMITTEE_APPROVAL_MALFORMED" });
 */
export function decodeApproval(approval: string): Approval {
  if (!isHexString(approval, true)) throw malformed("it is not whole bytes in hex", 1, 0);
  const actual = dataLength(approval);
  const scheme = dataSlice(approval, 0, Math.min(1, actual));
  if (scheme !== "0x01" && scheme !== "0x02") throw malformed("its first byte names no scheme", 1, actual);
  const { expected, isSubset } = approvalLength(approval);
  if (expected !== actual) throw malformed(`it must have ${expected} bytes and has ${actual}`, expected, actual);
  if (!isSubset) throw malformed("a wallet stands among those who did not sign", expected, actual);
  if (scheme === "0x02") {
    const word = (start: number): bigint => BigInt(dataSlice(approval, start, start + 32));
    return { scheme: "frost", r: { x: word(1), y: word(33) }, z: word(65) };
  }
  return { scheme: "members", entries: entriesOf(approval) };
}

function entriesOf(approval: string): readonly ApprovalEntry[] {
  const signers = BigInt(dataSlice(approval, 1, 33));
  const wallets = BigInt(dataSlice(approval, 33, 65));
  const entries: ApprovalEntry[] = [];
  let offset = HEAD;
  for (let index = 0; signers >> BigInt(index) !== 0n; index++) {
    if (((signers >> BigInt(index)) & 1n) === 0n) continue;
    const kind = ((wallets >> BigInt(index)) & 1n) === 0n ? "key" : "wallet";
    const start = kind === "key" ? offset : offset + 2;
    const length = kind === "key" ? KEY_ENTRY : Number(dataSlice(approval, offset, start));
    offset = start + length;
    entries.push({ index, kind, signature: dataSlice(approval, start, offset) });
  }
  return entries;
}

function malformed(reason: string, expected: number, actual: number): CommitteeError {
  return new CommitteeError({
    code: "COMMITTEE_APPROVAL_MALFORMED",
    args: { expected, actual },
    what: `The approval cannot be read: ${reason}.`,
    advice: "Build it with ApprovalCollector.",
  });
}
