import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

import { ScriptError } from "../../../support/ScriptError.js";
import { DELIVERY_COLUMNS } from "./writeDeliveries.js";

/** What a courier delivered in one cycle. */
export type DeliveryCount = { all: number; inTime: number };

/** Counts by cycle and courier. */
export type DeliveryCounts = readonly ReadonlyMap<string, DeliveryCount>[];

/** Counts each courier's deliveries, cycle by cycle, out of the file. */
export async function countDeliveries(path: string, cycles: number): Promise<DeliveryCounts> {
  const counts = Array.from({ length: cycles }, () => new Map<string, DeliveryCount>());
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    number += 1;
    if (number === 1 && line === DELIVERY_COLUMNS) continue;
    const [, cycle, courier = "", inTime] = /^(\d+),([^,]+),\d+,([01])$/.exec(line) ?? [];
    const ofCycle = counts[Number(cycle)];
    if (ofCycle === undefined) {
      throw new ScriptError("DeliveryMalformed", `Line ${number} of ${path} is no delivery. Write the file again.`);
    }
    const count = ofCycle.get(courier) ?? { all: 0, inTime: 0 };
    count.all += 1;
    if (inTime === "1") count.inTime += 1;
    ofCycle.set(courier, count);
  }
  return counts;
}
