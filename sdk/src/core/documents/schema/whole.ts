import { outOfRange, wrongType } from "./faults.js";
import type { Schema } from "./Schema.js";

/** An unsigned integer of at most 53 bits, written as a JSON number: times, counts. */
export function whole(bits: number): Schema<number> {
  const max = 2 ** bits - 1;
  const expected = `a whole number from 0 to ${max}`;
  return {
    parse: (value, path) => {
      if (typeof value !== "number" || !Number.isSafeInteger(value)) return wrongType(path, expected, value);
      return value < 0 || value > max || Object.is(value, -0) ? outOfRange(path, expected, value) : value;
    },
    format: (value) => value,
  };
}
