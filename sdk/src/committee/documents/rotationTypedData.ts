import type { TypedData } from "../../core/signatures/TypedData.js";
import type { CommitteePlace } from "../CommitteePlace.js";
import { type EpochConfig, NO_GROUP_KEY } from "../EpochConfig.js";
import { committeeDomain } from "./committeeDomain.js";
import { committeeTypes } from "./committeeTypes.js";

/** What the members of the current epoch approve to be followed by another. */
export type Rotation = {
  readonly committeeId: string;
  readonly currentEpoch: number;
  readonly config: EpochConfig;
  /** Unix seconds until which the current epoch stays valid; the present time or earlier ends it at once. */
  readonly graceUntil: number;
};

/**
 * The typed data of a rotation, for the members of the current epoch to sign.
 *
 * @example
 * import { hashTyped, rotationTypedData } from "@guildhall/sdk";
 * const config = { members: [wallet.address], threshold: 1 };
 * const rotation = { committeeId: `0x${"11".repeat(32)}`, currentEpoch: 1, config, graceUntil: 0 };
 * assert.equal(hashTyped(rotationTypedData({ chainId: 1n, registry: contract }, rotation)).length, 66);
 */
export function rotationTypedData(
  place: CommitteePlace,
  { committeeId, currentEpoch, config, graceUntil }: Rotation,
): TypedData {
  const { x, y } = config.groupKey ?? NO_GROUP_KEY;
  return {
    domain: committeeDomain(place),
    types: committeeTypes.Rotation,
    primaryType: "Rotation",
    message: {
      committeeId,
      currentEpoch,
      members: [...config.members],
      threshold: config.threshold,
      groupKeyX: x,
      groupKeyY: y,
      graceUntil,
    },
  };
}
