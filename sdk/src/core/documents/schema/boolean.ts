import { wrongType } from "./faults.js";
import type { Schema } from "./Schema.js";

/** true or false. */
export function boolean(): Schema<boolean> {
  return {
    parse: (value, path) => (typeof value === "boolean" ? value : wrongType(path, "true or false", value)),
    format: (value) => value,
  };
}
