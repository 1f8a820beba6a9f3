import { TypedDataEncoder } from "ethers";

import { mutableTypes } from "../../core/signatures/hashTyped.js";
import { SignatureError } from "../../core/signatures/SignatureError.js";
import { documentTypes } from "./dealTypes.js";
import type { Hex } from "../../core/documents/Hex.js";

/** The struct hash of a document, which is its id. */
export function hashDocument(type: keyof typeof documentTypes, message: Readonly<Record<string, unknown>>): Hex {
  try {
    return TypedDataEncoder.hashStruct(type, mutableTypes(documentTypes[type]), { ...message });
  } catch (cause) {
    throw new SignatureError({
      code: "INVALID_TYPED_DATA",
      args: { primaryType: type },
      what: `A ${type} cannot be hashed: ${cause instanceof Error ? cause.message : String(cause)}.`,
      advice: "Give every field a value of its type.",
      cause,
    });
  }
}
