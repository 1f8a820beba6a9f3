import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { createAction } from "../../core/transactions/createAction.js";
import { committeeRegistryAbi } from "../../generated/abis.js";
import type { EpochConfig } from "../EpochConfig.js";
import { toConfig } from "./toConfig.js";

/** The parameters of {@link rotate}. */
export type RotateParameters = {
  readonly committeeId: string;
  readonly config: EpochConfig;
  /** Unix seconds until which the current epoch stays valid; the present time or earlier ends it at once. */
  readonly graceUntil: number;
  /** The current epoch's approval of the rotation; left out where the admin sends it. */
  readonly approval?: string;
};

/** What {@link rotate} did. */
export type EpochStarted = {
  readonly committeeId: string;
  readonly epoch: number;
};

/**
 * Starts a committee's next epoch: anyone with the approval, or the admin. Pure.
 *
 * @example
 * import { committeeActions } from "@guildhall/sdk";
 * const committeeId = `0x${"11".repeat(32)}`;
 * const config = { members: [wallet.address], threshold: 1 };
 * assert.equal(committeeActions.rotate(contract, { committeeId, config, graceUntil: 0 }).name, "rotate");
 */
export function rotate(
  registry: string,
  { committeeId, config, graceUntil, approval = "0x" }: RotateParameters,
): ContractAction<EpochStarted> {
  return createAction({
    abi: committeeRegistryAbi,
    to: registry,
    method: "rotate",
    args: [committeeId, toConfig(config), BigInt(graceUntil), approval],
    event: "EpochStarted",
    result: (event) =>
      event.committeeId === committeeId.toLowerCase() ? { committeeId, epoch: Number(event.epoch) } : undefined,
  });
}
