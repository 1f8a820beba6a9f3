import { ZeroAddress } from "ethers";

import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { createAction } from "../../core/transactions/createAction.js";
import { committeeRegistryAbi } from "../../generated/abis.js";
import type { EpochConfig } from "../EpochConfig.js";
import { toConfig } from "./toConfig.js";

/** The parameters of {@link create}. */
export type CreateCommitteeParameters = {
  /** 32 bytes; the id is the hash of the caller and the salt. */
  readonly salt: string;
  /** May rotate and retire alone; left out for a committee that only itself can change. */
  readonly admin?: string;
  /** Whether only signatures that name their signers count; such a committee has no group key. */
  readonly attributable?: boolean;
  readonly config: EpochConfig;
};

/** What {@link create} did. */
export type CommitteeCreated = {
  readonly committeeId: string;
  readonly creator: string;
  readonly admin: string | undefined;
  readonly attributable: boolean;
};

/**
 * Creates a committee in epoch 1: anyone. Pure.
 *
 * @example
 * import { committeeActions } from "@guildhall/sdk";
 * const salt = `0x${"05".repeat(32)}`;
 * const action = committeeActions.create(contract, { salt, config: { members: [wallet.address], threshold: 1 } });
 * assert.equal(action.name, "create");
 */
export function create(
  registry: string,
  { salt, admin = ZeroAddress, attributable = false, config }: CreateCommitteeParameters,
): ContractAction<CommitteeCreated> {
  return createAction({
    abi: committeeRegistryAbi,
    to: registry,
    method: "create",
    args: [salt, admin, attributable, toConfig(config)],
    event: "CommitteeCreated",
    result: (event) =>
      event.salt === salt.toLowerCase()
        ? {
            committeeId: event.committeeId,
            creator: event.creator,
            admin: event.admin === ZeroAddress ? undefined : event.admin,
            attributable: event.attributable,
          }
        : undefined,
  });
}
