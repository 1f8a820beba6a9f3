import { demoDeliveries } from "../deliveries/demoDeliveries.js";
import { rewardPlans } from "../rewardPlans.js";
import type { ExpectedPool } from "./ExpectedPool.js";
import { expectPool } from "./expectPool.js";

const deliveries = [...demoDeliveries()];

/** What must come of the demo's pools, by story. */
export const expectedPools: ReadonlyMap<string, ExpectedPool> = new Map(
  rewardPlans.map((plan) => [plan.story, expectPool(plan, deliveries)]),
);
