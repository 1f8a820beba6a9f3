import { concat, dataLength, toBeHex } from "ethers";

import { CommitteeError } from "../CommitteeError.js";
import type { Approval, ApprovalEntry } from "./Approval.js";

const MAX_WALLET_SIGNATURE = 0xffff;

/**
 * Writes an approval as the registry takes it.
 *
 * @throws {@link CommitteeError} COMMITTEE_SIGNATURE_TOO_LONG for a wallet signature of more than 65,535 bytes,
 * COMMITTEE_SIGNED_TWICE where an index stands twice, COMMITTEE_APPROVAL_MALFORMED for a key signature that is not 64 bytes
 * @example
 * import { decodeApproval, encodeApproval } from "@guildhall/sdk";
 * const approval = { scheme: "members", entries: [{ index: 2, kind: "wallet", signature: "0x1234" }] } as const;
 * assert.deepEqual(decodeApproval(encodeApproval(approval)), approval);
 */
export function encodeApproval(approval: Approval): string {
  if (approval.scheme === "frost") {
    return concat(["0x02", toBeHex(approval.r.x, 32), toBeHex(approval.r.y, 32), toBeHex(approval.z, 32)]);
  }
  const entries = approval.entries.toSorted((a, b) => a.index - b.index);
  const twice = entries.find(({ index }, place) => entries[place + 1]?.index === index);
  if (twice !== undefined) {
    throw new CommitteeError({
      code: "COMMITTEE_SIGNED_TWICE",
      args: { index: twice.index },
      what: `The member with index ${twice.index} stands twice in the approval.`,
      advice: "Give one signature for each member.",
    });
  }
  const wallets = entries.filter(({ kind }) => kind === "wallet");
  return concat(["0x01", bitmapOf(entries), bitmapOf(wallets), ...entries.map(encodeEntry)]);
}

function bitmapOf(entries: readonly ApprovalEntry[]): string {
  return toBeHex(
    entries.reduce((bitmap, { index }) => bitmap | (1n << BigInt(index)), 0n),
    32,
  );
}

function encodeEntry({ index, kind, signature }: ApprovalEntry): string {
  const length = dataLength(signature);
  if (kind === "wallet") {
    if (length <= MAX_WALLET_SIGNATURE) return concat([toBeHex(length, 2), signature]);
    throw new CommitteeError({
      code: "COMMITTEE_SIGNATURE_TOO_LONG",
      args: { index, max: MAX_WALLET_SIGNATURE, actual: length },
      what: `The wallet signature of the member with index ${index} has ${length} bytes; an approval holds ${MAX_WALLET_SIGNATURE}.`,
      advice: "Have another member sign.",
    });
  }
  if (length === 64) return signature;
  throw new CommitteeError({
    code: "COMMITTEE_APPROVAL_MALFORMED",
    args: { expected: 64, actual: length },
    what: `The key signature of the member with index ${index} has ${length} bytes instead of 64.`,
    advice: "Compact it first (ERC-2098).",
  });
}
