import type { TypedData } from "../../core/signatures/TypedData.js";
import type { CommitteePlace } from "../CommitteePlace.js";
import { committeeDomain } from "./committeeDomain.js";
import { committeeTypes } from "./committeeTypes.js";

/** What a wallet (ERC-1271) that is a member is asked for, so that one signature of its owner serves one wallet only. */
export type MemberApproval = {
  readonly member: string;
  /** What the committee approves. */
  readonly digest: string;
};

/**
 * The typed data that a wallet's owner signs where the wallet is the member. Members that are keys sign the module's own
 * typed data instead.
 *
 * @example
 * import { hashTyped, memberApprovalTypedData } from "@guildhall/sdk";
 * const approval = { member: wallet.address, digest: `0x${"22".repeat(32)}` };
 * assert.equal(hashTyped(memberApprovalTypedData({ chainId: 1n, registry: contract }, approval)).length, 66);
 */
export function memberApprovalTypedData(place: CommitteePlace, { member, digest }: MemberApproval): TypedData {
  return {
    domain: committeeDomain(place),
    types: committeeTypes.MemberApproval,
    primaryType: "MemberApproval",
    message: { member, digest },
  };
}
