import type { TypedData } from "../../core/signatures/TypedData.js";
import type { GroupKeyPoint } from "../../frost/GroupKeyPoint.js";
import type { CommitteePlace } from "../CommitteePlace.js";
import { committeeDomain } from "./committeeDomain.js";
import { committeeTypes } from "./committeeTypes.js";

/** What an epoch's members sign, each with its own key, to make a group key count. */
export type GroupKeyConfirmation = {
  readonly committeeId: string;
  readonly epoch: number;
  readonly groupKey: GroupKeyPoint;
};

/**
 * The typed data of a group key's confirmation. Sign it only for the key of the share you hold.
 *
 * @example
 * import { groupKeyConfirmationTypedData, hashTyped, toGroupKeyPoint } from "@guildhall/sdk";
 * const groupKey = toGroupKeyPoint(frost.group.groupKey);
 * const confirmation = { committeeId: `0x${"11".repeat(32)}`, epoch: 1, groupKey };
 * assert.equal(hashTyped(groupKeyConfirmationTypedData({ chainId: 1n, registry: contract }, confirmation)).length, 66);
 */
export function groupKeyConfirmationTypedData(
  place: CommitteePlace,
  { committeeId, epoch, groupKey }: GroupKeyConfirmation,
): TypedData {
  return {
    domain: committeeDomain(place),
    types: committeeTypes.GroupKeyConfirmation,
    primaryType: "GroupKeyConfirmation",
    message: { committeeId, epoch, groupKeyX: groupKey.x, groupKeyY: groupKey.y },
  };
}
