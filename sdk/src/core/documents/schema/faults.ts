import { DocumentError } from "../DocumentError.js";
import type { Json } from "../Json.js";

function show(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Throws: the value is missing or has another type. */
export function wrongType(path: string, expected: string, actual: Json | undefined): never {
  if (actual === undefined) {
    throw new DocumentError({
      code: "DOCUMENT_MISSING_FIELD",
      args: { path, expected },
      what: `${path} is missing; it must be ${expected}.`,
      advice: "Ask the sender for the whole document.",
    });
  }
  throw new DocumentError({
    code: "DOCUMENT_WRONG_TYPE",
    args: { path, expected, actual },
    what: `${path} is ${show(actual)}; it must be ${expected}.`,
    advice: "Ask the sender to write the document with the SDK.",
  });
}

/** Throws: the value has the right type and is not among those allowed. */
export function outOfRange(path: string, expected: string, actual: Json): never {
  throw new DocumentError({
    code: "DOCUMENT_OUT_OF_RANGE",
    args: { path, expected, actual },
    what: `${path} is ${show(actual)}; it must be ${expected}.`,
    advice: "Ask the sender to correct it and to sign again.",
  });
}
