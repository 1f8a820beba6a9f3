import { hashDocument } from "./hashDocument.js";
import type { Hex } from "./Hex.js";
import type { ReferredSale } from "./ReferredSale.js";

/** The id of a referred sale: its struct hash, the same on every chain. Errors: {@link SignatureError} INVALID_TYPED_DATA. */
export function dealIdOf(document: ReferredSale): Hex {
  return hashDocument("ReferredSale", document);
}
