import type { RewardPool } from "../../../../typechain-types/rewards/RewardPool.js";
import type { ClientContext } from "../../core/ClientContext.js";

/** What long work needs of a client. */
export type RewardsAccess = {
  readonly context: ClientContext;
  /** The address of RewardPool. */
  readonly address: string;
  /** The address of ChunkStore. */
  readonly chunkStore: string;
  readonly contract: RewardPool;
};

/** Users that are read at once. */
export const READ_WINDOW = 200;
