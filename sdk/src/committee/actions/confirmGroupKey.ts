import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { createAction } from "../../core/transactions/createAction.js";
import type { GroupKeyPoint } from "../../frost/GroupKeyPoint.js";
import { committeeRegistryAbi } from "../../generated/abis.js";

/** The parameters of {@link confirmGroupKey}. */
export type ConfirmGroupKeyParameters = {
  readonly committeeId: string;
  readonly epoch: number;
  readonly groupKey: GroupKeyPoint;
  /** The epoch's members' own approval of the confirmation. */
  readonly approval: string;
};

/** What {@link confirmGroupKey} did. */
export type GroupKeyConfirmed = {
  readonly committeeId: string;
  readonly epoch: number;
  readonly groupKey: GroupKeyPoint;
};

/**
 * Makes a group key count, on the word of the epoch's members: anyone with the approval. Pure.
 *
 * @example
 * import { committeeActions, toGroupKeyPoint } from "@guildhall/sdk";
 * const groupKey = toGroupKeyPoint(frost.group.groupKey);
 * const parameters = { committeeId: `0x${"11".repeat(32)}`, epoch: 1, groupKey, approval: "0x01" };
 * assert.equal(committeeActions.confirmGroupKey(contract, parameters).name, "confirmGroupKey");
 */
export function confirmGroupKey(
  registry: string,
  { committeeId, epoch, groupKey, approval }: ConfirmGroupKeyParameters,
): ContractAction<GroupKeyConfirmed> {
  return createAction({
    abi: committeeRegistryAbi,
    to: registry,
    method: "confirmGroupKey",
    args: [committeeId, BigInt(epoch), groupKey, approval],
    event: "GroupKeyConfirmed",
    result: (event) =>
      event.committeeId === committeeId.toLowerCase() && event.epoch === BigInt(epoch)
        ? { committeeId, epoch, groupKey: { x: event.groupKeyX, y: event.groupKeyY } }
        : undefined,
  });
}
