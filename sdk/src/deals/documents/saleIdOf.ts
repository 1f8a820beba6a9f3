import { hashDocument } from "./hashDocument.js";
import type { Hex } from "../../core/documents/Hex.js";
import type { Sale } from "./Sale.js";

/**
 * The id of a sale: its struct hash, the same on every chain.
 *
 * Errors: {@link SignatureError} INVALID_TYPED_DATA.
 *
 * @example
 * import { saleIdOf } from "@guildhall/sdk";
 * assert.match(saleIdOf(sale), /^0x[0-9a-f]{64}$/);
 * assert.notEqual(saleIdOf({ ...sale, amount: sale.amount + 1n }), saleIdOf(sale));
 */
export function saleIdOf(document: Sale): Hex {
  return hashDocument("Sale", document);
}
