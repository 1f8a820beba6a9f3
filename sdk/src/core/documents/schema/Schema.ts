import type { Json } from "../Json.js";

/** Reads a value out of JSON and writes it back. What it writes is the only form that it reads. */
export type Schema<T> = {
  /** Throws a {@link DocumentError} that names the path where the JSON is anything else. */
  parse(value: Json | undefined, path: string): T;
  format(value: T): Json;
};

/** What a schema reads. */
export type Infer<From> = From extends { parse(value: Json | undefined, path: string): infer T } ? T : never;
