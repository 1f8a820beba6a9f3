import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import type { CycleTerms } from "../../../../sdk/src/index.js";
import type { Delivery } from "./Delivery.js";

/** The first line of the file of deliveries. */
export const DELIVERY_COLUMNS = "cycle,courier,deliveredAt,inTime";

const BATCH = 1_000;

/** Writes deliveries as CSV: cycle, courier, Unix seconds, 1 where it was in time. */
export async function writeDeliveries(
  path: string,
  { start, cycleLength }: CycleTerms,
  deliveries: Iterable<Delivery>,
): Promise<void> {
  function* lines(): Generator<string, void, void> {
    let batch = `${DELIVERY_COLUMNS}\n`;
    let size = 0;
    for (const { cycle, courier, at, inTime } of deliveries) {
      const deliveredAt = start + Math.floor((cycle + at) * cycleLength);
      batch += `${cycle},${courier},${deliveredAt},${inTime ? 1 : 0}\n`;
      if (++size % BATCH !== 0) continue;
      yield batch;
      batch = "";
    }
    yield batch;
  }
  await pipeline(Readable.from(lines()), createWriteStream(path));
}
