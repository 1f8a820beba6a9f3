import { readFile } from "node:fs/promises";

import type { BoundCourier } from "./BoundCourier.js";

/** Reads the registrar's list, in its order. */
export async function readCouriers(path: string): Promise<readonly BoundCourier[]> {
  const lines = (await readFile(path, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as BoundCourier);
}
