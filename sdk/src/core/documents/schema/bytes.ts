import { outOfRange, wrongType } from "./faults.js";
import type { Schema } from "./Schema.js";

/** So many bytes, at least and at most, in lower-case hex. */
export function bytes({ min = 0, max }: { readonly min?: number; readonly max: number }): Schema<string> {
  const expected = min === max ? `${max} bytes in lower-case hex` : `${min} to ${max} bytes in lower-case hex`;
  return {
    parse: (value, path) => {
      if (typeof value !== "string" || !/^0x(?:[0-9a-f]{2})*$/.test(value)) return wrongType(path, expected, value);
      const length = (value.length - 2) / 2;
      return length < min || length > max ? outOfRange(path, expected, value) : value;
    },
    format: (value) => value.toLowerCase(),
  };
}

/** 32 bytes in lower-case hex. */
export function bytes32(): Schema<string> {
  return bytes({ min: 32, max: 32 });
}
