import { outOfRange, wrongType } from "./faults.js";
import type { Schema } from "./Schema.js";

/** One of a few words. */
export function choice<const Words extends readonly string[]>(words: Words): Schema<Words[number]> {
  const expected = `one of ${words.map((word) => `"${word}"`).join(", ")}`;
  return {
    parse: (value, path) => {
      if (typeof value !== "string") return wrongType(path, expected, value);
      return words.includes(value) ? value : outOfRange(path, expected, value);
    },
    format: (value) => value,
  };
}
