import { outOfRange, wrongType } from "./faults.js";
import type { Schema } from "./Schema.js";

/** An unsigned integer of so many bits, written as a decimal string without leading zeros. */
export function uint(bits: number): Schema<bigint> {
  const max = (1n << BigInt(bits)) - 1n;
  const expected = `a decimal string from "0" to "${max}"`;
  return {
    parse: (value, path) => {
      // 78 digits hold every uint256: longer strings are not worth the time of reading them.
      if (typeof value !== "string" || !/^(?:0|[1-9][0-9]*)$/.test(value)) return wrongType(path, expected, value);
      const number = value.length > 78 ? max + 1n : BigInt(value);
      return number > max ? outOfRange(path, expected, value) : number;
    },
    format: (value) => value.toString(),
  };
}
