import { outOfRange, wrongType } from "./faults.js";
import type { Schema } from "./Schema.js";

/** A text of at most so many characters, as JavaScript counts them. */
export function text({ max }: { readonly max: number }): Schema<string> {
  const expected = `a text of at most ${max} characters`;
  return {
    parse: (value, path) => {
      if (typeof value !== "string") return wrongType(path, expected, value);
      return value.length > max ? outOfRange(path, expected, `${value.length} characters`) : value;
    },
    format: (value) => value,
  };
}
