import type { RewardPool } from "../../../../typechain-types/rewards/RewardPool.js";
import type { ClientContext } from "../../core/ClientContext.js";

/** What reads and long work need of a client. */
export type RewardsAccess = {
  readonly context: ClientContext;
  /** The address of RewardPool. */
  readonly address: string;
  /** The address of ChunkStore. */
  readonly chunkStore: string;
  /** RewardPool, bound to the provider. */
  readonly reader: RewardPool;
};

/** Users that are read at once. */
export const READ_WINDOW = 200;
