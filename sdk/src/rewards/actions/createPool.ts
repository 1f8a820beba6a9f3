import { ZeroAddress, ZeroHash } from "ethers";

import type { ContractAction } from "../../core/transactions/ContractAction.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { evidenceForms, poolModes } from "../state/names.js";
import type { PoolConfig } from "./PoolConfig.js";
import { rewardAction } from "./rewardAction.js";
import { findEvent } from "../../core/transactions/findEvent.js";

/** The parameters of {@link createPool}. */
export type CreatePoolParameters = {
  /** 32 bytes; the id is the hash of the sender and the salt. */
  readonly salt: string;
  readonly config: PoolConfig;
};

/**
 * Creates a pool, whose operator is the sender: anyone. Pure.
 *
 * @example
 * import { type PoolConfig, rewardActions } from "@guildhall/sdk";
 * const config: PoolConfig = {
 *   mode: "ROSTER",
 *   form: "BITMAP",
 *   totalUnits: 1_000n,
 *   grant: 10n,
 *   start: 1_900_000_000,
 *   cycleLength: 86_400,
 *   publishWindow: 3_600,
 *   disputeWindow: 3_600,
 *   actionWindow: 86_400,
 *   registrar: wallet.address,
 *   profitToken: token,
 *   share: 10n ** 14n,
 *   conditionHash: `0x${"11".repeat(32)}`,
 *   metadataUri: "",
 * };
 * const action = rewardActions.createPool(contract, { salt: `0x${"22".repeat(32)}`, config });
 * assert.equal(action.name, "createPool");
 */
export function createPool(
  contract: string,
  { salt, config }: CreatePoolParameters,
): ContractAction<RewardEventArgs<"PoolCreated">> {
  const { verifier = ZeroHash, indicator = ZeroAddress, maxUnits = 0n, threshold = 0n } = config;
  const { verifierDelay = config.verifier === undefined ? 0 : config.cycleLength } = config;
  const given = {
    ...config,
    mode: BigInt(poolModes.indexOf(config.mode)),
    form: BigInt(evidenceForms.indexOf(config.form)),
    maxUnits,
    start: BigInt(config.start),
    cycleLength: BigInt(config.cycleLength),
    publishWindow: BigInt(config.publishWindow),
    disputeWindow: BigInt(config.disputeWindow),
    actionWindow: BigInt(config.actionWindow),
    verifier,
    verifierDelay: BigInt(verifierDelay),
    indicator,
    threshold,
  };
  return rewardAction({
    contract,
    method: "createPool",
    args: [salt, given],
    event: "PoolCreated",
    read: (events) => findEvent(events, "PoolCreated", { salt }),
  });
}
