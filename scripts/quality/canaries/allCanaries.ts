import type { Canary } from "./Canary.js";
import { CANARIES } from "./canaries.js";
import { CERTIFICATE_CANARIES } from "./certificateCanaries.js";
import { REWARD_CANARIES } from "./rewardCanaries.js";
import { RUN_CANARIES } from "./runCanaries.js";
import { SECRET_CANARIES } from "./secretCanaries.js";

/** Every planted fault there is. */
export const ALL_CANARIES: readonly Canary[] = [
  ...CANARIES,
  ...RUN_CANARIES,
  ...REWARD_CANARIES,
  ...CERTIFICATE_CANARIES,
  ...SECRET_CANARIES,
];
