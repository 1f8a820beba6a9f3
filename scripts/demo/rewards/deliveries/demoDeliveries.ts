import { COURIERS, CYCLES } from "../rewardPlans.js";
import type { Delivery } from "./Delivery.js";
import { drawDeliveries } from "./drawDeliveries.js";

const SEED = 20_260_401;

/** The deliveries of the demo's courier service; the same in every run. */
export function demoDeliveries(): Iterable<Delivery> {
  return drawDeliveries({ seed: SEED, couriers: COURIERS, cycles: CYCLES });
}
