import { writeFile } from "node:fs/promises";

import type { BoundCourier } from "./BoundCourier.js";

/** Writes the registrar's list, an object a line. */
export async function writeCouriers(path: string, couriers: readonly BoundCourier[]): Promise<void> {
  await writeFile(path, couriers.map((each) => `${JSON.stringify(each)}\n`).join(""));
}
