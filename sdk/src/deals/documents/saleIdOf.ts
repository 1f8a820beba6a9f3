import { hashDocument } from "./hashDocument.js";
import type { Hex } from "./Hex.js";
import type { Sale } from "./Sale.js";

/** The id of a sale: its struct hash, the same on every chain. Errors: {@link SignatureError} INVALID_TYPED_DATA. */
export function saleIdOf(document: Sale): Hex {
  return hashDocument("Sale", document);
}
