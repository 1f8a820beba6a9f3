import { hashDocument } from "./hashDocument.js";
import type { Hex } from "../../core/documents/Hex.js";
import type { Offer } from "./Offer.js";
import { offerToMessage } from "./offerToMessage.js";

/**
 * The id of an offer: its struct hash, the same on every chain.
 *
 * Errors: {@link SignatureError} INVALID_TYPED_DATA.
 *
 * @example
 * import { offerIdOf, saleIdOf } from "@guildhall/sdk";
 * assert.equal(offer.saleId, saleIdOf(sale));
 * assert.notEqual(offerIdOf({ ...offer, maxUses: 2 }), offerIdOf(offer));
 */
export function offerIdOf(document: Offer): Hex {
  return hashDocument("Offer", offerToMessage(document));
}
