import type { ParamType } from "ethers";

import { SIZE } from "./Terms.js";

/** A word of calldata: unknown, or where something stands, or how long it is. */
export type Slot = "unknown" | number;

/**
 * How arguments stand in calldata, by words. What has no fixed length is empty: proofs say nothing of it, and everything of
 * the figures beside it.
 */
export function layOut(types: readonly ParamType[]): readonly Slot[] {
  const headLength = types.reduce((sum, type) => sum + headOf(type), 0);
  const head: Slot[] = [];
  const tail: Slot[] = [];
  for (const type of types) {
    if (isDynamic(type)) {
      head.push(SIZE * (headLength + tail.length));
      tail.push(...(type.isTuple() ? layOut(type.components) : [0]));
    } else {
      head.push(...new Array<Slot>(headOf(type)).fill("unknown"));
    }
  }
  return [...head, ...tail];
}

function isDynamic(type: ParamType): boolean {
  if (type.isTuple()) return type.components.some(isDynamic);
  return type.isArray() || type.type === "string" || type.type === "bytes";
}

/** How many words an argument takes among the others. */
function headOf(type: ParamType): number {
  if (isDynamic(type) || !type.isTuple()) return 1;
  return type.components.reduce((sum, part) => sum + headOf(part), 0);
}
