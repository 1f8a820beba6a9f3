import type { Json } from "../Json.js";
import { outOfRange, wrongType } from "./faults.js";
import type { Schema } from "./Schema.js";

/** A list of at most so many items. */
export function list<T>(item: Schema<T>, { max }: { readonly max: number }): Schema<readonly T[]> {
  return {
    parse: (value, path) => {
      if (!Array.isArray(value)) return wrongType(path, "a list", value);
      if (value.length > max) return outOfRange(path, `a list of at most ${max} items`, `${value.length} items`);
      return (value as readonly Json[]).map((entry, index) => item.parse(entry, `${path}[${index}]`));
    },
    format: (values) => values.map((value) => item.format(value)),
  };
}
