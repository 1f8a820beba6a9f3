import { type EpochConfig, NO_GROUP_KEY } from "../EpochConfig.js";

/** The epoch's making as the contract takes it. */
export function toConfig({ members, threshold, groupKey = NO_GROUP_KEY }: EpochConfig): {
  readonly members: readonly string[];
  readonly threshold: bigint;
  readonly groupKey: { readonly x: bigint; readonly y: bigint };
} {
  return { members, threshold: BigInt(threshold), groupKey };
}
