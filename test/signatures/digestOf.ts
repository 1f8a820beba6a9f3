import { TypedDataEncoder } from "ethers";

import type { Typed } from "./Slot.js";

/** What is signed of typed data, by ethers' encoder. */
export function digestOf({ domain, types, message }: Typed): string {
  const fields = Object.fromEntries(Object.entries(types).map(([name, each]) => [name, [...each]]));
  return TypedDataEncoder.hash(domain, fields, { ...message });
}
