import type { Canary } from "./Canary.js";
import { CANARIES } from "./canaries.js";
import { RUN_CANARIES } from "./runCanaries.js";
import { SECRET_CANARIES } from "./secretCanaries.js";

/** Every planted fault there is. */
export const ALL_CANARIES: readonly Canary[] = [...CANARIES, ...RUN_CANARIES, ...SECRET_CANARIES];
