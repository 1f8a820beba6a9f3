import type { Schema } from "./Schema.js";

/** A field of an object that may be left out. */
export function optional<T>(schema: Schema<T>): Schema<T | undefined> {
  return {
    parse: (value, path) => (value === undefined ? undefined : schema.parse(value, path)),
    format: (value) => (value === undefined ? null : schema.format(value)),
  };
}
