import { poolIdOf } from "../../../sdk/src/index.js";
import type { Setup } from "../parties/messages.js";
import { poolSalt } from "./poolSalt.js";
import { OPERATOR } from "./rewardPlans.js";

/** The id of a story's pool, which follows from its operator and the run. */
export function poolOf({ people, run }: Pick<Setup, "people" | "run">, story: string): string {
  return poolIdOf({ operator: people[OPERATOR]?.address ?? "", salt: poolSalt(run, story) });
}
