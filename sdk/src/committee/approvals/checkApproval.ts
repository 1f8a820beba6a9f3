import { dataLength, dataSlice, getAddress, type Provider } from "ethers";

import { hashTyped } from "../../core/signatures/hashTyped.js";
import { recoverAccount } from "../../core/signatures/recoverAccount.js";
import { walletAccepts } from "./walletAccepts.js";
import { fromFrostApproval } from "../../frost/fromFrostApproval.js";
import { fromGroupKeyPoint } from "../../frost/fromGroupKeyPoint.js";
import { verifyFrostSignature } from "../../frost/verifyFrostSignature.js";
import type { CommitteePlace } from "../CommitteePlace.js";
import { memberApprovalTypedData } from "../documents/memberApprovalTypedData.js";
import type { Epoch } from "../state/Epoch.js";
import type { FrostApproval, MembersApproval } from "./Approval.js";
import { approvalLength } from "./approvalLength.js";
import { decodeApproval } from "./decodeApproval.js";

/** What to check, and against which epoch. */
export type CheckApprovalParameters = CommitteePlace & {
  readonly epoch: Epoch;
  /** What the committee is said to have approved. */
  readonly digest: string;
  readonly approval: string;
  /** Unix seconds at which it shall count. */
  readonly now: number;
  /** Asks members that are wallets; without one they do not count. */
  readonly provider?: Provider | undefined;
  /** Whether only the members scheme counts, as for `requireAttributableApproval` and a group key's confirmation. */
  readonly membersOnly?: boolean;
};

/** Why an approval does not count: the contract's error and its arguments, without committee and epoch. */
export type ApprovalRefusal =
  | { readonly error: "CommitteeAttributable" }
  | { readonly error: "CommitteeEpochOver"; readonly validUntil: number; readonly timestamp: number }
  | { readonly error: "CommitteeGroupKeyUnconfirmed" }
  | { readonly error: "CommitteeMalformedApproval"; readonly expectedLength: number; readonly actualLength: number }
  | { readonly error: "CommitteeNotMember"; readonly memberCount: number; readonly index: number }
  | { readonly error: "CommitteeTooFew"; readonly threshold: number; readonly approvals: number }
  | { readonly error: "CommitteeWrongGroupSignature" }
  | { readonly error: "CommitteeWrongScheme"; readonly scheme: string }
  | { readonly error: "CommitteeWrongSignature"; readonly member: string };

/** Whether an approval counts. */
export type ApprovalVerdict =
  | {
      readonly approved: true;
      readonly scheme: "members" | "frost";
      /** Who approved; undefined for FROST, which does not tell. */
      readonly signers: readonly string[] | undefined;
    }
  | { readonly approved: false; readonly refusal: ApprovalRefusal };

/**
 * Checks an approval off chain, by the contract's rules and in its order. Without a provider it does no I/O.
 *
 * @throws {@link RpcError} where a wallet cannot be asked
 * @example
 * import { checkApproval } from "@guildhall/sdk";
 * const epoch = {
 *   committeeId: `0x${"11".repeat(32)}`,
 *   number: 1,
 *   members: [wallet.address],
 *   threshold: 1,
 *   attributable: false,
 *   validFrom: 0,
 *   validUntil: undefined,
 *   groupKey: undefined,
 *   groupKeyConfirmed: false,
 * };
 * const digest = `0x${"22".repeat(32)}`;
 * const place = { chainId: 1n, registry: contract };
 * const verdict = await checkApproval({ ...place, epoch, digest, approval: "0x03", now: 1 });
 * assert.deepEqual(verdict, { approved: false, refusal: { error: "CommitteeWrongScheme", scheme: "0x03" } });
 */
export async function checkApproval(parameters: CheckApprovalParameters): Promise<ApprovalVerdict> {
  const { epoch, approval, now, membersOnly = false } = parameters;
  const { validUntil } = epoch;
  if (validUntil !== undefined && now >= validUntil) {
    return refuse({ error: "CommitteeEpochOver", validUntil, timestamp: now });
  }
  const actualLength = dataLength(approval);
  if (actualLength === 0) return refuse({ error: "CommitteeMalformedApproval", expectedLength: 1, actualLength });
  const scheme = dataSlice(approval, 0, 1);
  if (scheme !== "0x01" && (scheme !== "0x02" || membersOnly)) return refuse({ error: "CommitteeWrongScheme", scheme });
  const { expected: expectedLength, isSubset } = approvalLength(approval);
  if (expectedLength !== actualLength || !isSubset) {
    return refuse({ error: "CommitteeMalformedApproval", expectedLength, actualLength });
  }
  const decoded = decodeApproval(approval);
  return decoded.scheme === "frost" ? checkFrost(parameters, decoded) : checkMembers(parameters, decoded);
}

function checkFrost({ epoch, digest, approval }: CheckApprovalParameters, { r }: FrostApproval): ApprovalVerdict {
  if (epoch.attributable) return refuse({ error: "CommitteeAttributable" });
  if (!epoch.groupKeyConfirmed || epoch.groupKey === undefined) {
    return refuse({ error: "CommitteeGroupKeyUnconfirmed" });
  }
  const valid =
    isPoint(r) &&
    verifyFrostSignature({
      groupKey: fromGroupKeyPoint(epoch.groupKey),
      digest,
      signature: fromFrostApproval(approval),
    });
  return valid
    ? { approved: true, scheme: "frost", signers: undefined }
    : refuse({ error: "CommitteeWrongGroupSignature" });
}

async function checkMembers(
  parameters: CheckApprovalParameters,
  { entries }: MembersApproval,
): Promise<ApprovalVerdict> {
  const { epoch, digest, provider } = parameters;
  const memberCount = epoch.members.length;
  const last = entries.at(-1);
  if (last !== undefined && last.index >= memberCount) {
    return refuse({ error: "CommitteeNotMember", memberCount, index: last.index });
  }
  const signers: string[] = [];
  for (const { index, kind, signature } of entries) {
    const account = epoch.members[index];
    if (account === undefined) continue;
    const member = getAddress(account);
    if (kind === "wallet") {
      const asked = hashTyped(memberApprovalTypedData(parameters, { member, digest }));
      if (provider !== undefined && (await walletAccepts(provider, member, asked, signature))) signers.push(member);
    } else if (recoverAccount(digest, signature) === member) {
      signers.push(member);
    } else {
      return refuse({ error: "CommitteeWrongSignature", member });
    }
  }
  return signers.length < epoch.threshold
    ? refuse({ error: "CommitteeTooFew", threshold: epoch.threshold, approvals: signers.length })
    : { approved: true, scheme: "members", signers };
}

function isPoint(point: { readonly x: bigint; readonly y: bigint }): boolean {
  try {
    fromGroupKeyPoint(point);
    return true;
  } catch {
    return false;
  }
}

function refuse(refusal: ApprovalRefusal): ApprovalVerdict {
  return { approved: false, refusal };
}
