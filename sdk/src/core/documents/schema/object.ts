import { DocumentError } from "../DocumentError.js";
import { isJsonObject, type Json } from "../Json.js";
import { childPath } from "../parseJson.js";
import { wrongType } from "./faults.js";
import type { Infer, Schema } from "./Schema.js";

type Fields = Readonly<Record<string, Schema<unknown>>>;
/** The names of the fields that may be left out. */
type OptionalNames<From extends Fields> = {
  [Name in keyof From]: undefined extends Infer<From[Name]> ? Name : never;
}[keyof From];
/** What an object of these fields holds. */
export type ObjectOf<From extends Fields> = {
  readonly [Name in Exclude<keyof From, OptionalNames<From>>]: Infer<From[Name]>;
} & { readonly [Name in OptionalNames<From>]?: Exclude<Infer<From[Name]>, undefined> };

/** An object of exactly these fields; a field that is not among them is refused. */
export function object<const From extends Fields>(fields: From): Schema<ObjectOf<From>> {
  return {
    parse: (value, path) => {
      if (!isJsonObject(value)) return wrongType(path, "an object", value);
      for (const key of Object.keys(value)) {
        if (Object.hasOwn(fields, key)) continue;
        throw new DocumentError({
          code: "DOCUMENT_UNKNOWN_FIELD",
          args: { path: childPath(path, key), known: Object.keys(fields) },
          what: `${childPath(path, key)} is not a field of this document; known are ${Object.keys(fields).join(", ")}.`,
          advice: "Do not sign what you cannot read: ask the sender what it means, or upgrade the SDK.",
        });
      }
      const entries = Object.entries(fields).map(([key, schema]): [string, unknown] => {
        const entry = Object.hasOwn(value, key) ? value[key] : undefined;
        return [key, schema.parse(entry, childPath(path, key))];
      });
      return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined)) as ObjectOf<From>;
    },
    format: (value) => {
      const record = value as Readonly<Record<string, unknown>>;
      const entries = Object.entries(fields)
        .filter(([key]) => record[key] !== undefined)
        .map(([key, schema]): [string, Json] => [key, schema.format(record[key])]);
      return Object.fromEntries(entries);
    },
  };
}
