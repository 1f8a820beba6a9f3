import { canonicalJson } from "../../core/documents/canonicalJson.js";
import type { Json } from "../../core/documents/Json.js";
import { CertificateError } from "../CertificateError.js";
import type { Identification } from "./Identification.js";

/** The one encoding of an identification. Errors: {@link CertificateError} IDENTITY_NOT_JSON. */
export function encodeIdentification(identification: Identification): Uint8Array<ArrayBuffer> {
  requireJson(identification, "$", 0);
  return new TextEncoder().encode(canonicalJson(identification));
}

function requireJson(value: unknown, path: string, depth: number): asserts value is Json {
  const refuse = (): never => {
    throw new CertificateError("IDENTITY_NOT_JSON", { path });
  };
  if (depth > 16) return refuse();
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0) ? undefined : refuse();
  if (typeof value === "string") return /\p{Surrogate}/u.test(value) ? refuse() : undefined;
  if (typeof value !== "object") return refuse();
  for (const [key, entry] of Object.entries(value)) {
    // Named by its place alone: the key might say more than a log may know.
    if (/\p{Surrogate}/u.test(key)) refuse();
    requireJson(entry, `${path}.*`, depth + 1);
  }
}
