import { courierName } from "../courierName.js";
import type { Delivery } from "./Delivery.js";
import { seededRandom } from "./seededRandom.js";

/** What to draw. */
export type DrawDeliveriesParameters = {
  readonly seed: number;
  readonly couriers: number;
  readonly cycles: number;
};

/** The fewest deliveries of a courier in a cycle, and how many more there may be. */
const FEWEST = 38;
const SPREAD = 20;

/** The least part of a courier's deliveries that is in time. */
const PUNCTUALITY = 0.75;

/**
 * Draws what every courier delivered: cycle after cycle, courier after courier, each with a pace and a punctuality of the
 * cycle. The same seed gives the same deliveries.
 */
export function* drawDeliveries({ seed, couriers, cycles }: DrawDeliveriesParameters): Generator<Delivery, void, void> {
  const random = seededRandom(seed);
  for (let cycle = 0; cycle < cycles; ++cycle) {
    for (let number = 0; number < couriers; ++number) {
      const count = FEWEST + Math.floor(SPREAD * random());
      const punctuality = PUNCTUALITY + (1 - PUNCTUALITY) * random();
      for (let i = 0; i < count; ++i) {
        yield { cycle, courier: courierName(number), at: (i + random()) / count, inTime: random() < punctuality };
      }
    }
  }
}
