import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { createAction } from "../../core/transactions/createAction.js";
import { committeeRegistryAbi } from "../../generated/abis.js";

/** The parameters of {@link retire}. */
export type RetireParameters = {
  readonly committeeId: string;
  /** An older epoch in its grace time, or the current one, which ends the committee for good. */
  readonly epoch: number;
  /** The current epoch's approval of the retirement; left out where the admin sends it. */
  readonly approval?: string;
};

/** What {@link retire} did. */
export type EpochEnding = {
  readonly committeeId: string;
  readonly epoch: number;
  /** Unix seconds. */
  readonly validUntil: number;
};

/**
 * Ends an epoch at once: anyone with the approval, or the admin. Pure.
 *
 * @example
 * import { committeeActions } from "@guildhall/sdk";
 * assert.equal(committeeActions.retire(contract, { committeeId: `0x${"11".repeat(32)}`, epoch: 1 }).name, "retire");
 */
export function retire(
  registry: string,
  { committeeId, epoch, approval = "0x" }: RetireParameters,
): ContractAction<EpochEnding> {
  return createAction({
    abi: committeeRegistryAbi,
    to: registry,
    method: "retire",
    args: [committeeId, BigInt(epoch), approval],
    event: "EpochEnding",
    result: (event) =>
      event.committeeId === committeeId.toLowerCase() && event.epoch === BigInt(epoch)
        ? { committeeId, epoch, validUntil: Number(event.validUntil) }
        : undefined,
  });
}
